import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Archive } from "@/components/reports/archive";
import { db, readDb } from "@/db/client";
import { readReportColumns } from "@/db/queries/reports/views";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { dataAge } from "@/lib/health/server/replica";
import { reportQuerySchema, toReportParams } from "@/lib/reports/filter";
import { reportCountQuery, reportFacetsQuery, reportsQuery, reportViewsQuery } from "@/lib/reports/queries";
import { viewFacets, viewReportCount, viewReports, viewReportViews } from "@/lib/reports/server/view";

export const metadata: Metadata = { title: "Reports" };

/** The archive of ended calls. */
export default async function ReportsPage({ searchParams }: PageProps<"/reports">) {
  const person = await requireUser("calls.view");
  const asked = await searchParams;
  const query = reportQuerySchema.safeParse(asked).data;
  const queryClient = new QueryClient();
  const params = toReportParams(asked);
  const [columns] = await Promise.all([
    readReportColumns(db, person.id),
    queryClient.query({ ...reportFacetsQuery, queryFn: () => viewFacets(readDb, person) }),
    queryClient.query({ ...reportViewsQuery, queryFn: () => viewReportViews(db, person) }),
    // If the URL's filter is invalid, nothing is prefetched: the browser asks the API and shows its error.
    query &&
      queryClient.query({
        ...reportCountQuery(params),
        queryFn: () => viewReportCount(readDb, person, query),
      }),
    query &&
      Promise.all([viewReports(readDb, person, query), dataAge()]).then(([page, age]) =>
        queryClient.setQueryData(reportsQuery(params).queryKey, {
          pages: [{ ...page, ...age }],
          pageParams: [""],
        }),
      ),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Archive
        powers={{ review: can(person.role, "calls.review"), erase: can(person.role, "data.delete") }}
        initialColumns={columns}
      />
    </HydrationBoundary>
  );
}
