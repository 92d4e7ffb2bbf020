import * as z from "zod";
import { callSchema } from "@/lib/calls/call";
import { endedGroups } from "@/lib/calls/ended-reason";
import { behindSecondsSchema } from "@/lib/health/health";
import { reportQuerySchema, toReportParams } from "@/lib/reports/filter";

/** `transcripts`: `jsonl` with each call's transcript. */
export const exportFormats = ["csv", "jsonl", "transcripts"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** File name and media type per format; both JSON formats share a type. */
export const exportFiles: Record<ExportFormat, { name: string; type: string }> = {
  csv: { name: "earshot-calls.csv", type: "text/csv; charset=utf-8" },
  jsonl: { name: "earshot-calls.jsonl", type: "application/jsonl; charset=utf-8" },
  transcripts: { name: "earshot-calls-with-transcripts.jsonl", type: "application/jsonl; charset=utf-8" },
};

/** Columns the reports table can show, in order. The first is always shown. */
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

/** Columns shown by default. */
export const initialColumns: readonly ReportColumn[] = reportColumns.filter((column) => column !== "number");

/** A call in the reports list. */
const reportRowSchema = z.object({
  call: callSchema,
  summary: z.string().nullable(),
  endedGroup: z.enum(endedGroups).nullable(),
  isSuccess: z.boolean().nullable(),
  tags: z.array(z.string()),
  /** 1 to 5. */
  score: z.number().int().nullable(),
  notes: z.number().int(),
  /** The text around the found words, each between the two `snippetMarks`; null without a text search. */
  snippet: z.string().nullable(),
});

export const reportListSchema = z.object({
  reports: z.array(reportRowSchema),
  /** The start of the next page; null on the last. */
  nextCursor: z.string().nullable(),
  behindSeconds: behindSecondsSchema,
});

export const reportCountSchema = z.object({
  count: z.number().int(),
  /** False if it is Postgres' estimate, because counting would take too long. */
  isExact: z.boolean(),
});

export type ReportRow = z.infer<typeof reportRowSchema>;
export type ReportList = z.infer<typeof reportListSchema>;
export type ReportCount = z.infer<typeof reportCountSchema>;

/** A saved filter. */
const reportViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** In the form of the page's URL. */
  query: z.string(),
  isShared: z.boolean(),
  /** Whether the viewer owns it and may delete it. */
  isMine: z.boolean(),
  ownerName: z.string(),
});

export const reportViewsSchema = z.object({ views: z.array(reportViewSchema) });

const isFilter = (query: string) =>
  reportQuerySchema.safeParse(Object.fromEntries(new URLSearchParams(query))).success;

/** A filter to save. */
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

/** Delimiters of a found word in a snippet: private-use characters, which no transcript contains. */
export const snippetMarks = { start: "\uE000", stop: "\uE001" } as const;
