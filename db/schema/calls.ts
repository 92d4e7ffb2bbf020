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
 * One row a call. Every column is joined by a rule that ignores order and repetition (db/queries/record/merge-call.ts);
 * `…Rank` columns rank the fact in the columns above them.
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
    /** The last final of each role: a partial no newer than it is history. */
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
    /** The newest sign of the assistant's voice: speech mark, partial or final. */
    assistantSpokeAt: moment(),
    hangAt: moment(),
    /** How often Vapi warned; how often the caller waited follows from the marks (lib/calls/turns.ts). */
    hangs: integer().notNull().default(0),
    /** When an alert of this call was last noticed; null for the many that never had one. */
    alertedAt: moment(),
    /** How long the call may last, by its assistant. */
    maxSeconds: integer(),
    /** When Vapi was last asked what became of it. */
    checkedAt: moment(),
    /** The version its document in the archive was made of; null before there is one, and whenever something came since. */
    documentedVersion: integer(),

    createdAt: moment().notNull(),
    lastEventAt: moment().notNull(),
    version: integer().notNull().default(0),
  },
  (table) => [
    index("calls_created_at").on(table.createdAt.desc(), table.id),
    index("calls_conversation").on(table.conversationId),
    // A caller's earlier calls, while they wait on the phone.
    index("calls_customer").on(table.customerNumber, table.createdAt.desc()),
    index("calls_live")
      .on(table.createdAt.desc())
      .where(sql`${table.status} in ('queued', 'ringing', 'in-progress', 'forwarding')`),
    // What the board still shows for a moment.
    index("calls_ended_at").on(table.endedAt.desc()).where(sql`${table.endedAt} is not null`),
    // Calls that are over and not in the archive as they are now: next to none. Of nothing that changes with every event,
    // or each event would cost an entry in every index of the table.
    index("calls_undocumented")
      .on(table.id)
      .where(
        sql`${table.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled') and ${table.documentedVersion} is null`,
      ),
    // Hangs that nobody has noticed yet, because a process died in between: next to none.
    index("calls_unnoticed_hangs")
      .on(table.hangAt)
      .where(sql`${table.hangs} > 0 and ${table.alertedAt} is null`),
  ],
);

export type CallRow = typeof calls.$inferSelect;

/**
 * What was said: a final transcript, a message of a conversation update, or the newest partial of a turn, which stands for
 * a final that gets lost. Joined by a rule that ignores order and repetition (db/queries/calls/lines.ts).
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
    /** When the tool call before it in its list was asked for. */
    notBefore: moment(),
    /** Where only that is known of its time; `at` stands in while the call's start is not. */
    fromStartMs: integer(),
    /** True where only its order is known: it was said at `at` at the latest. */
    isUntimed: boolean(),
    /** Which assistant spoke, where Vapi says; squads have several. */
    assistantName: text(),
    /** Of the transcriber, 0 to 1. */
    confidence: doublePrecision(),
    /** What Vapi's security filter did to the words; null where it did nothing. */
    filter: jsonb().$type<LineFilter>(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.key] })],
);

/** Moments of a call: speech started and stopped, hangs, interruptions, transfers. Inserted once. */
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
 * What an assistant asked of a tool, and what it was told. One row a tool call id and what is asked, within its call: some
 * models' ids have four random characters (`call_51kj`), some are the same for each call, and some are empty.
 */
export const toolCalls = pgTable(
  "tool_calls",
  {
    id: text().notNull(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** lib/tools/server/asked-key.ts; empty for rows of before there was any. */
    asked: text().notNull().default(""),
    arguments: jsonb().$type<Record<string, unknown>>().notNull(),
    askedAt: moment().notNull(),
    answeredAt: moment(),
    result: text(),
    error: text(),
    /** What Vapi says of the result, such as that it is too large; null where it says nothing. */
    warnings: jsonb().$type<string[]>(),
    /** Our own answer outranks what the report says of it. */
    rank: rank().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.id, table.asked] }),
    // How often each tool was called lately, and how it went.
    index("tool_calls_name").on(table.name, table.askedAt.desc()),
    // Those that failed lately.
    index("tool_calls_failed").on(table.askedAt.desc()).where(sql`${table.error} is not null`),
  ],
);
