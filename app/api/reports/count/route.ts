import { readDb } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { reportCountSchema } from "@/lib/reports/columns";
import { reportFilterSchema } from "@/lib/reports/filter";
import { viewReportCount } from "@/lib/reports/server/view";

/** Estimated if counting would take long. */
export const GET = route("GET", "/api/reports/count", {
  access: "calls.view",
  summary: "Count the calls that match a filter",
  query: reportFilterSchema,
  answer: reportCountSchema,
  handle: ({ query, actor }) => viewReportCount(readDb, actor, query),
});
