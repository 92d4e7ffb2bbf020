import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { reportViewsSchema } from "@/lib/reports/report-view";

/** One's own views of the archive and the shared ones. */
export const reportViewsQuery = queryOptions({
  queryKey: ["reports", "views"],
  queryFn: async ({ signal }) => (await fetchJson("/api/report-views", reportViewsSchema, signal)).views,
  staleTime: 60_000,
});
