import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { reportListSchema } from "@/lib/reports/columns";
import { reportQuerySchema } from "@/lib/reports/filter";
import { viewReports } from "@/lib/reports/server/view";

/** By the filter of the page's URL. */
export const GET = route("GET", "/api/reports", {
  access: "calls.view",
  summary: "Calls that are over, with their reports",
  query: reportQuerySchema,
  answer: reportListSchema,
  handle: ({ query, actor }) => viewReports(db, actor, query),
});
