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
import type { LineFilter } from "@/lib/calls/line";
import type { Consent, CostItem, Latency, Scorecard, StructuredOutput, Transfer } from "@/lib/calls/report";
import type { TextLanguage } from "@/lib/reports/document";

export interface ReportMessage {
  role: Speaker;
  text: string;
  /** Epoch milliseconds, like the other times. */
  at: number;
  endedAt?: number;
  /** When the tool call before it was made. */
  notBefore?: number;
  /** True for a line known only from the report's text, which has an order but no times. */
  isUntimed?: boolean;
  /** Which assistant of a squad spoke, if Vapi says. */
  assistantName?: string;
  /** What Vapi's security filter did to the text. */
  filter?: LineFilter;
}

/** End-of-call reports. One per call; the newest wins. */
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
    /** Plain storage links only, because signed ones are secrets and expire. Never sent to pages or API clients. */
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
    // Recordings to be copied.
    index("reports_recorded")
      .on(table.at)
      .where(sql`${table.recordingUrl} is not null or ${table.stereoRecordingUrl} is not null`),
  ],
);

/**
 * The archive's search index: one row per ended call, derived from its rows as of `callVersion`
 * (db/queries/reports/documents.ts) and rebuilt for each later version. The columns are few and narrow, and the words are
 * stored separately (drizzle/*_archive_words.sql), so that a million rows stay in memory.
 */
export const callDocuments = pgTable(
  "call_documents",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    callVersion: integer().notNull(),
    createdAt: moment().notNull(),
    /** The assistant's id, or its name if it has no id; empty when unknown. */
    assistant: text().notNull(),
    assistantName: text(),
    /** Our number; empty for web calls. */
    number: text().notNull(),
    endedGroup: text().$type<EndedGroup>(),
    durationSeconds: doublePrecision().notNull(),
    costUsd: doublePrecision().notNull(),
    isSuccess: boolean(),
    /** How often the caller was left waiting; Vapi may have warned several times of one wait. */
    hangs: integer().notNull(),
    /** Copies of call_reviews. */
    tags: text().array().notNull().default([]),
    score: smallint(),
    /** The version of the rules it was built by (lib/reports/cut-words.ts). */
    wordRule: smallint().notNull().default(0),
    /** Which of Postgres's stemmers was used. */
    language: text().$type<TextLanguage>().notNull(),
    /** Words of the transcript, the summary, and (weight A) the caller. */
    words: tsvector().notNull(),
    /** Words that viewers can find; null when they differ only by the caller's. */
    maskedWords: tsvector(),
  },
  // All but the last three also include the columns of the other filters ("include", migration 0021, which Drizzle cannot
  // express), so that a filter is answered from an index alone.
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
    // Documents to be rebuilt after an upgrade. Without a predicate, so that it also serves the next version of the rules.
    index("call_documents_rule").on(table.wordRule),
  ],
);

/** People's notes on calls. Inserted once; names are copied, because people may have been removed when a note is read. */
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

/** People's tags and scores. Copied to the document for filters. */
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

/** waiting: to be copied. kept: stored. failed: given up. deleting: the stored object must be deleted, then the row. */
export type CopyState = "waiting" | "kept" | "failed" | "deleting";

/**
 * Our own copies of recordings. Without a foreign key to the call, so that deleting the call leaves the row needed to delete
 * the stored object. A process first moves `dueAt` ahead, so that a copy becomes due again if it dies.
 */
export const recordingCopies = pgTable(
  "recording_copies",
  {
    /** Also the object's name in storage: it does not identify the call. */
    id: uuid().primaryKey().defaultRandom(),
    callId: text().notNull().unique(),
    state: text().$type<CopyState>().notNull().default("waiting"),
    dueAt: moment().notNull().defaultNow(),
    /** How often it was claimed; only its last holder may settle it. */
    attempts: integer().notNull().default(0),
    /** The last error, without links. */
    error: text(),
    contentType: text(),
    bytes: bigint({ mode: "number" }),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("recording_copies_due").on(table.dueAt).where(sql`${table.state} in ('waiting', 'deleting')`),
  ],
);

export type RecordingCopyRow = typeof recordingCopies.$inferSelect;

/** A saved filter of the archive, private or shared. */
export const reportViews = pgTable(
  "report_views",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** The query string of the page's URL, without the question mark. */
    query: text().notNull(),
    ownerId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    isShared: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [index("report_views_owner").on(table.ownerId)],
);
