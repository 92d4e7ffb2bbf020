import { z } from "zod";
import { reportQuerySchema } from "@/lib/reports/report-filter";
import { toReportParams } from "@/lib/reports/to-report-params";

/** A filter under a name. */
export const reportViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** As the page's URL says it. */
  query: z.string(),
  isShared: z.boolean(),
  /** Whether it is one's own, to delete. */
  isMine: z.boolean(),
  ownerName: z.string(),
});

export const reportViewsSchema = z.object({ views: z.array(reportViewSchema) });

const isFilter = (query: string) =>
  reportQuerySchema.safeParse(Object.fromEntries(new URLSearchParams(query))).success;

/** One to be kept. */
export const newReportViewSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\0]*$/, "A NUL is no text."),
  query: z
    .string()
    .max(2_000)
    .refine(isFilter, "That is no filter of the archive.")
    .transform((query) => toReportParams(Object.fromEntries(new URLSearchParams(query)))),
  isShared: z.boolean(),
});

export type ReportView = z.infer<typeof reportViewSchema>;
export type NewReportView = z.infer<typeof newReportViewSchema>;
