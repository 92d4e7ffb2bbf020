import { z } from "zod";

/** What the table of the archive can show, in its order. The first is always there. */
export const reportColumns = [
  "caller",
  "when",
  "length",
  "assistant",
  "ended",
  "success",
  "cost",
  "hangs",
  "score",
  "tags",
  "number",
] as const;

export type ReportColumn = (typeof reportColumns)[number];

export const reportColumnsSchema = z.object({
  columns: z.array(z.enum(reportColumns)).max(reportColumns.length),
});

/** What is shown until somebody has chosen. */
export const initialColumns: readonly ReportColumn[] = reportColumns.filter((column) => column !== "number");
