import * as z from "zod";
import { analyticsFilterSchema, analyticsSchema } from "@/lib/analytics/analytics";
import type { Operation } from "@/lib/openapi/operation";
import { exportFormats, reportCountSchema, reportListSchema, reportViewsSchema } from "@/lib/reports/columns";
import { reportFacetsSchema, reportFilterSchema, reportQuerySchema } from "@/lib/reports/filter";
import { bulkTagsSchema } from "@/lib/reports/review";

export const reportsOperations: readonly Operation[] = [
  {
    path: "/api/reports",
    method: "GET",
    summary: "Calls that are over, with their reports",
    query: reportQuerySchema,
    answer: reportListSchema,
  },
  {
    path: "/api/reports/export",
    method: "GET",
    summary: "The filtered archive as a file",
    query: reportFilterSchema.extend({ format: z.enum(exportFormats) }),
    answer: {
      type: "text/csv",
      description:
        "Comma-separated values, or with `format=jsonl` a JSON object a line, which with `format=transcripts` has what was said, too.",
    },
  },
  {
    path: "/api/analytics",
    method: "GET",
    summary: "How the calls of some days went, beside the days before",
    query: analyticsFilterSchema,
    answer: analyticsSchema,
  },
  {
    path: "/api/reports/count",
    method: "GET",
    summary: "How many calls a filter asks for",
    query: reportFilterSchema,
    answer: reportCountSchema,
  },
  {
    path: "/api/reports/facets",
    method: "GET",
    summary: "What the archive can be narrowed by",
    answer: reportFacetsSchema,
  },
  {
    path: "/api/reports/tags",
    method: "POST",
    summary: "Tag several calls at once, or take tags off them",
    body: { schema: bulkTagsSchema },
    answer: z.object({ calls: z.int() }),
  },
  {
    path: "/api/report-views",
    method: "GET",
    summary: "The views of the archive that are shared",
    answer: reportViewsSchema,
  },
];
