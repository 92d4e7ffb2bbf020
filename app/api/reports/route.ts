import { readDb } from "@/db/client";
import { dataAge } from "@/lib/health/server/replica";
import { route } from "@/lib/http/server/route";
import { reportListSchema } from "@/lib/reports/columns";
import { reportQuerySchema } from "@/lib/reports/filter";
import { viewReports } from "@/lib/reports/server/view";

/** Takes the same filter as the page's URL. */
export const GET = route("GET", "/api/reports", {
  access: "calls.view",
  summary: "List ended calls with their reports",
  query: reportQuerySchema,
  answer: reportListSchema,
  handle: async ({ query, actor }) => ({
    ...(await viewReports(readDb, actor, query)),
    ...(await dataAge()),
  }),
});
