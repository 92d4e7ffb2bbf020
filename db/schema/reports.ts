import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { moment, tsvector } from "@/db/schema/columns";
import type { AlertActor } from "@/lib/alerts/alert";
import type { Speaker } from "@/lib/calls/call";
import type { EndedGroup } from "@/lib/calls/ended-reason";
import type { Consent, CostItem, Latency, Scorecard, StructuredOutput, Transfer } from "@/lib/calls/report";
import type { TextLanguage } from "@/lib/reports/document";

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

/**
 * What the archive finds a call by, one row a call that is over, derived from its rows as of `callVersion`
 * (db/queries/reports/documents.ts) and made anew whenever there is a later one. The columns are few and narrow and the words
 * lie apart (drizzle/*_archive_words.sql), so that a million rows stay in memory.
 */
export const callDocuments = pgTable(
  "call_documents",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    callVersion: integer().notNull(),
    createdAt: moment().notNull(),
    /** The assistant's id, or its name where it has none; empty when unknown. */
    assistant: text().notNull(),
    assistantName: text(),
    /** The number of ours; empty for web calls. */
    number: text().notNull(),
    endedGroup: text().$type<EndedGroup>(),
    durationSeconds: doublePrecision().notNull(),
    costUsd: doublePrecision().notNull(),
    isSuccess: boolean(),
    /** How often the caller was left waiting; Vapi may have warned several times of one. */
    hangs: integer().notNull(),
    /** Copies of call_reviews. */
    tags: text().array().notNull().default([]),
    score: smallint(),
    /** By which rules the document was made (lib/reports/cut-words.ts). */
    wordRule: smallint().notNull().default(0),
    /** Which of Postgres' stemmers took the endings off the words. */
    language: text().$type<TextLanguage>().notNull(),
    /** What was said, the summary, and (weight A) who called. */
    words: tsvector().notNull(),
    /** What viewers may find of it; null when it is the same but for who called. */
    maskedWords: tsvector(),
  },
  // Those but the last two also carry what else is filtered by ("include", migration 0021, which Drizzle cannot say): a filter is
  // answered from one of them alone, without the rows.
  (table) => [
    index("call_documents_newest").on(table.createdAt.desc(), table.callId),
    index("call_documents_longest").on(table.durationSeconds.desc(), table.callId),
    index("call_documents_costliest").on(table.costUsd.desc(), table.callId),
    index("call_documents_assistant").on(table.assistant, table.createdAt.desc(), table.callId),
    index("call_documents_number").on(table.number, table.createdAt.desc(), table.callId),
    index("call_documents_group").on(table.endedGroup, table.createdAt.desc(), table.callId),
    index("call_documents_hung").on(table.createdAt.desc(), table.callId).where(sql`${table.hangs} > 0`),
    index("call_documents_scored")
      .on(table.score, table.createdAt.desc(), table.callId)
      .where(sql`${table.score} is not null`),
    index("call_documents_tags").using("gin", table.tags),
    index("call_documents_words").using("gin", table.words),
    // Empty but while an upgraded archive is cut anew.
    index("call_documents_outdated").on(table.callId).where(sql`${table.wordRule} < 2`),
  ],
);

/** What people wrote on a call. Inserted once; names are copied, for people may be gone when somebody reads it. */
export const callNotes = pgTable(
  "call_notes",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    by: jsonb().$type<AlertActor>().notNull(),
    at: moment().notNull().defaultNow(),
    text: text().notNull(),
  },
  (table) => [index("call_notes_call").on(table.callId)],
);

/** What people make of a call. The document has copies of tags and score, to be found by. */
export const callReviews = pgTable("call_reviews", {
  callId: text()
    .primaryKey()
    .references(() => calls.id, { onDelete: "cascade" }),
  tags: text().array().notNull().default([]),
  /** 1 to 5. */
  score: smallint(),
  scoredBy: jsonb().$type<AlertActor>(),
  scoredAt: moment(),
});

/**
 * waiting: to be copied. kept: it lies in our storage. failed: given up. doomed: what lies there must go, and then the row.
 */
export type CopyState = "waiting" | "kept" | "failed" | "doomed";

/**
 * Our own copies of recordings. They hang on no call, so that a call's deletion leaves behind what must be deleted
 * elsewhere. Whoever takes one moves `dueAt` ahead first, so that it comes up again should the taker die.
 */
export const recordingCopies = pgTable(
  "recording_copies",
  {
    /** The object's name in storage, too: it says nothing of the call. */
    id: uuid().primaryKey().defaultRandom(),
    callId: text().notNull().unique(),
    state: text().$type<CopyState>().notNull().default("waiting"),
    dueAt: moment().notNull().defaultNow(),
    /** How often somebody has taken it; only the last taker may say what came of it. */
    attempts: integer().notNull().default(0),
    /** What went wrong last, in words without links. */
    error: text(),
    contentType: text(),
    bytes: bigint({ mode: "number" }),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("recording_copies_due").on(table.dueAt).where(sql`${table.state} in ('waiting', 'doomed')`),
  ],
);

export type RecordingCopyRow = typeof recordingCopies.$inferSelect;

/** A filter of the archive under a name: its maker's, or everybody's. */
export const reportViews = pgTable(
  "report_views",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** As the page's URL says it, without the question mark. */
    query: text().notNull(),
    ownerId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    isShared: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [index("report_views_owner").on(table.ownerId)],
);
