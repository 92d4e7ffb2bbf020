import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, rank } from "@/db/schema/columns";
import { conversations } from "@/db/schema/conversations";
import type { Speaker } from "@/lib/calls/call";
import type { LineFilter, LineSource } from "@/lib/calls/line";
import type { MarkKind } from "@/lib/calls/parts";

/**
 * One row per call. Every column is merged by a rule that ignores order and repetition (db/queries/record/merge-call.ts); a
 * `…Rank` column ranks the fact in the columns above it.
 */
export const calls = pgTable(
  "calls",
  {
    id: text().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),

    status: text().notNull(),
    statusRank: rank().notNull(),

    type: text(),
    metadata: jsonb().$type<Record<string, unknown>>(),
    originRank: rank(),

    customerNumber: text(),
    customerName: text(),
    customerRank: rank(),
    customerNameRank: rank(),

    phoneNumber: text(),
    phoneNumberId: text(),
    phoneNumberRank: rank(),

    assistantId: text(),
    assistantName: text(),
    assistantVersion: text(),
    assistantRank: rank(),
    assistantNameRank: rank(),
    assistantVersionRank: rank(),

    startedAt: moment(),
    startedRank: rank(),
    endedAt: moment(),
    endedRank: rank(),
    endedReason: text(),
    endedReasonRank: rank(),
    costUsd: numeric({ precision: 12, scale: 6, mode: "number" }),
    costRank: rank(),

    lastLineRole: text().$type<Speaker>(),
    lastLineText: text(),
    lastLineRank: rank(),
    /** The last final of each role; a partial that is not newer is outdated. */
    userFinalAt: moment(),
    assistantFinalAt: moment(),
    partialUserText: text(),
    partialUserRank: rank(),
    partialAssistantText: text(),
    partialAssistantRank: rank(),
    lastToolName: text(),
    lastToolRank: rank(),

    userStartedAt: moment(),
    userStoppedAt: moment(),
    assistantStartedAt: moment(),
    assistantStoppedAt: moment(),
    /** The newest sign of the assistant speaking: speech mark, partial or final. */
    assistantSpokeAt: moment(),
    hangAt: moment(),
    /** Number of Vapi's hang warnings; how often the caller waited is derived (lib/alerts/episodes.ts). */
    hangs: integer().notNull().default(0),
    /** When an alert of this call was last stored; null for calls without one. */
    alertedAt: moment(),
    /** The assistant's limit for the length of the call. */
    maxSeconds: integer(),
    /** When Vapi was last asked about its state. */
    checkedAt: moment(),
    /** The version its document in the archive was built from; null before it exists, and after any later event. */
    documentedVersion: integer(),

    /** The version that the tick last checked for alerts; null before that, and after any later event. */
    judgedVersion: integer(),

    createdAt: moment().notNull(),
    lastEventAt: moment().notNull(),
    version: integer().notNull().default(0),
  },
  (table) => [
    index("calls_created_at").on(table.createdAt.desc(), table.id),
    index("calls_conversation").on(table.conversationId),
    // A caller's earlier calls, looked up while they wait.
    index("calls_customer").on(table.customerNumber, table.createdAt.desc()),
    index("calls_live")
      .on(table.createdAt.desc())
      .where(sql`${table.status} in ('queued', 'ringing', 'in-progress', 'forwarding')`),
    // Ended calls that the board still shows for a moment.
    index("calls_ended_at").on(table.endedAt.desc()).where(sql`${table.endedAt} is not null`),
    // Ended calls whose document is missing or outdated: very few. Does not index a column that changes with every event, or
    // each event would write to every index of the table.
    index("calls_undocumented")
      .on(table.id)
      .where(
        sql`${table.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled') and ${table.documentedVersion} is null`,
      ),
    // Calls that are over or had an alert, and were not checked since their last event: few.
    index("calls_unjudged")
      .on(table.id)
      .where(
        sql`${table.judgedVersion} is null and (${table.alertedAt} is not null or ${table.hangs} > 0 or ${table.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled'))`,
      ),
  ],
);

export type CallRow = typeof calls.$inferSelect;

/**
 * The lines of calls: final transcripts, messages of conversation updates, and the newest partial of a turn, which stands in
 * for a lost final. Merged by a rule that ignores order and repetition (db/queries/calls/lines.ts).
 */
export const lines = pgTable(
  "lines",
  {
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    key: uuid().notNull(),
    role: text().$type<Speaker>().notNull(),
    source: text().$type<Exclude<LineSource, "report">>().notNull(),
    text: text().notNull(),
    at: moment().notNull(),
    endedAt: moment(),
    /** When the tool call before it in the list of messages was made. */
    notBefore: moment(),
    /** Set when only this offset is known; `at` is an estimate while the call's start is unknown. */
    fromStartMs: integer(),
    /** True when only its order is known: it was said no later than `at`. */
    isUntimed: boolean(),
    /** Which assistant spoke, if Vapi says; squads have several. */
    assistantName: text(),
    /** The transcriber's confidence, 0 to 1. */
    confidence: doublePrecision(),
    /** What Vapi's security filter did to the text; null for nothing. */
    filter: jsonb().$type<LineFilter>(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);

/** Marks of a call: speech started and stopped, hangs, interruptions, transfers. Inserted once. */
export const marks = pgTable(
  "marks",
  {
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    key: uuid().notNull(),
    kind: text().$type<MarkKind>().notNull(),
    role: text().$type<Speaker>(),
    turn: smallint(),
    at: moment().notNull(),
    detail: text(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);

/**
 * Tool calls and their results. Unique by call, tool call id and arguments: some models' ids have four random characters
 * (`call_51kj`), some repeat in each call, and some are empty.
 */
export const toolCalls = pgTable(
  "tool_calls",
  {
    id: text().notNull(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** See lib/tools/server/asked-key.ts; empty for older rows. */
    asked: text().notNull().default(""),
    arguments: jsonb().$type<Record<string, unknown>>().notNull(),
    askedAt: moment().notNull(),
    answeredAt: moment(),
    result: text(),
    error: text(),
    /** Vapi's warnings about the result, such as its size; null for none. */
    warnings: jsonb().$type<string[]>(),
    /** Our own answer outranks the report's. */
    rank: rank().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.id, table.asked] }),
    // Recent use and failures of each tool.
    index("tool_calls_name").on(table.name, table.askedAt.desc()),
    // Recent failures.
    index("tool_calls_failed").on(table.askedAt.desc()).where(sql`${table.error} is not null`),
  ],
);
