import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { Speaker } from "@/lib/calls/call";
import type { Consent, CostItem, Latency, Scorecard, StructuredOutput, Transfer } from "@/lib/calls/report";

export interface ReportMessage {
  role: Speaker;
  text: string;
  /** Epoch milliseconds, as are the others. */
  at: number;
  endedAt?: number;
  /** When the tool call before it was asked for. */
  notBefore?: number;
  /** True for what stands in the report's text only, which tells an order but no times. */
  isUntimed?: boolean;
}

/** The end-of-call report. One a call, the newest wins. */
export const reports = pgTable(
  "reports",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    at: moment().notNull(),
    summary: text(),
    successEvaluation: text(),
    structuredData: jsonb().$type<unknown>(),
    structuredOutputs: jsonb().$type<StructuredOutput[]>().notNull().default([]),
    scorecards: jsonb().$type<Scorecard[]>().notNull().default([]),
    /** Plain storage links only: what is signed is a password and expires. No page and no answer shows them. */
    recordingUrl: text(),
    stereoRecordingUrl: text(),
    costBreakdown: jsonb().$type<Record<string, number>>().notNull(),
    costs: jsonb().$type<CostItem[]>().notNull().default([]),
    latency: jsonb().$type<Latency>(),
    transfers: jsonb().$type<Transfer[]>().notNull().default([]),
    consent: jsonb().$type<Consent>(),
    messages: jsonb().$type<ReportMessage[]>().notNull(),
  },
  (table) => [
    // What the keeping of recordings looks through.
    index("reports_recorded")
      .on(table.at)
      .where(sql`${table.recordingUrl} is not null or ${table.stereoRecordingUrl} is not null`),
  ],
);
