import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment, transactionId } from "@/db/schema/columns";
import type { Outcome } from "@/lib/calls/report";

/**
 * The event log: every delivery but the chatty ones, trimmed and free of secrets.
 * Its key is what makes a repeated delivery a duplicate (lib/webhook/server/envelope.ts).
 */
export const events = pgTable(
  "events",
  {
    key: uuid().primaryKey(),
    callId: text(),
    conversationId: uuid(),
    type: text().notNull(),
    outcome: text().$type<Exclude<Outcome, "duplicate">>().notNull(),
    /** Vapi's own stamp, or the time of receipt where it sent none. */
    at: moment().notNull(),
    receivedAt: moment().notNull(),
    /** Size of the body as it came, in bytes. */
    bytes: integer().notNull(),
    message: jsonb().$type<Record<string, unknown>>().notNull(),
    /** For a malformed one: what the schema said. */
    issues: jsonb().$type<{ path: string; message: string }[]>(),
    answer: jsonb().$type<Record<string, unknown>>(),
    /** From receipt to the answer, in ms; null until it is noted (lib/webhook/server/receive-event.ts). */
    tookMs: integer(),
    /** How often the very same delivery came again, and when last. */
    repeats: integer().notNull().default(0),
    repeatedAt: moment(),
    /** True for what Earshot has asked Vapi's API for: no delivery brought it. */
    isFetched: boolean().notNull().default(false),
    /**
     * The transaction that inserted it: what is passed on follows the order of transactions, for one that commits late must not
     * be skipped (db/queries/forwarding/feed.ts). Filled in by the database alone.
     */
    recordedIn: transactionId().notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    index("events_received_at").on(table.receivedAt.desc()),
    index("events_call").on(table.callId),
    index("events_recorded_in").on(table.recordedIn),
    // The few that people look for: they cost nothing to the many.
    index("events_not_recorded").on(table.receivedAt.desc()).where(sql`${table.outcome} <> 'recorded'`),
    index("events_repeated").on(table.receivedAt.desc()).where(sql`${table.repeats} > 0`),
    index("events_without_call").on(table.conversationId).where(sql`${table.callId} is null`),
  ],
);
