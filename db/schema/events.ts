import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment, transactionId } from "@/db/schema/columns";
import type { Outcome } from "@/lib/calls/report";

/**
 * The event log: every delivery except frequent types, trimmed and without secrets. A repeated delivery has the same key
 * (lib/webhook/server/envelope.ts).
 */
export const events = pgTable(
  "events",
  {
    key: uuid().primaryKey(),
    callId: text(),
    conversationId: uuid(),
    type: text().notNull(),
    outcome: text().$type<Exclude<Outcome, "duplicate">>().notNull(),
    /** Vapi's timestamp, or the time of receipt if it sent none. */
    at: moment().notNull(),
    receivedAt: moment().notNull(),
    /** Size of the received body in bytes. */
    bytes: integer().notNull(),
    message: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The schema's errors of a malformed event. */
    issues: jsonb().$type<{ path: string; message: string }[]>(),
    answer: jsonb().$type<Record<string, unknown>>(),
    /** From receipt to answer in ms; null until recorded (lib/webhook/server/receive-event.ts). */
    tookMs: integer(),
    /** How often the same delivery was repeated, and when last. */
    repeats: integer().notNull().default(0),
    repeatedAt: moment(),
    /** True for data fetched from Vapi's API instead of delivered. */
    isFetched: boolean().notNull().default(false),
    /**
     * The inserting transaction: forwarding follows the order of transactions, so that one that commits late is not skipped
     * (db/queries/forwarding/feed.ts). Set only by its default.
     */
    recordedIn: transactionId().notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    index("events_received_at").on(table.receivedAt.desc()),
    index("events_call").on(table.callId),
    index("events_recorded_in").on(table.recordedIn),
    // The few events people look for, at no cost to the others.
    index("events_not_recorded").on(table.receivedAt.desc()).where(sql`${table.outcome} <> 'recorded'`),
    index("events_repeated").on(table.receivedAt.desc()).where(sql`${table.repeats} > 0`),
    index("events_without_call").on(table.conversationId).where(sql`${table.callId} is null`),
  ],
);
