import * as z from "zod";
import { callSchema } from "@/lib/calls/call";
import { endedGroups } from "@/lib/calls/ended-reason";
import { behindSecondsSchema } from "@/lib/health/health";
import { reportQuerySchema, toReportParams } from "@/lib/reports/filter";

/** `transcripts`: as `jsonl`, with what was said on each call. */
export const exportFormats = ["csv", "jsonl", "transcripts"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** How the file is called and what it is, which both JSON formats have in common. */
export const exportFiles: Record<ExportFormat, { name: string; type: string }> = {
  csv: { name: "earshot-calls.csv", type: "text/csv; charset=utf-8" },
  jsonl: { name: "earshot-calls.jsonl", type: "application/jsonl; charset=utf-8" },
  transcripts: { name: "earshot-calls-with-transcripts.jsonl", type: "application/jsonl; charset=utf-8" },
};

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

/** A call as the archive lists it. */
export const reportRowSchema = z.object({
  call: callSchema,
  summary: z.string().nullable(),
  endedGroup: z.enum(endedGroups).nullable(),
  isSuccess: z.boolean().nullable(),
  tags: z.array(z.string()),
  /** 1 to 5. */
  score: z.number().int().nullable(),
  notes: z.number().int(),
  /** Where the words that were asked for stand, found ones between the two of snippetMarks; null without any. */
  snippet: z.string().nullable(),
});

export const reportListSchema = z.object({
  reports: z.array(reportRowSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
  behindSeconds: behindSecondsSchema,
});

export const reportCountSchema = z.object({
  count: z.number().int(),
  /** False: as Postgres estimates it, for counting would take too long. */
  isExact: z.boolean(),
});

export type ReportRow = z.infer<typeof reportRowSchema>;
export type ReportList = z.infer<typeof reportListSchema>;
export type ReportCount = z.infer<typeof reportCountSchema>;

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
    .regex(/^[^\0]*$/, "Text must not contain NUL."),
  query: z
    .string()
    .max(2_000)
    .refine(isFilter, "Not a valid filter.")
    .transform((query) => toReportParams(Object.fromEntries(new URLSearchParams(query)))),
  isShared: z.boolean(),
});

export type ReportView = z.infer<typeof reportViewSchema>;
export type NewReportView = z.infer<typeof newReportViewSchema>;

/** What stands before and after a found word in a snippet: characters for private use, which nobody says. */
export const snippetMarks = { start: "\uE000", stop: "\uE001" } as const;
