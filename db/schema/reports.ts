import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { Speaker } from "@/lib/calls/speaker";

export interface ReportMessage {
  role: Speaker;
  text: string;
  /** Epoch milliseconds. */
  at: number;
}

/** The end-of-call report. One a call, the newest wins. */
export const reports = pgTable("reports", {
  callId: text()
    .primaryKey()
    .references(() => calls.id, { onDelete: "cascade" }),
  at: moment().notNull(),
  summary: text(),
  successEvaluation: text(),
  structuredData: jsonb().$type<Record<string, unknown>>(),
  recordingUrl: text(),
  stereoRecordingUrl: text(),
  costBreakdown: jsonb().$type<Record<string, number>>().notNull(),
  messages: jsonb().$type<ReportMessage[]>().notNull(),
});
