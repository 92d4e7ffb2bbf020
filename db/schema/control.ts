import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { By } from "@/lib/audit/audit";
import type { ControlAction, ControlOutcome } from "@/lib/control/action";

/**
 * The URLs for controlling and listening to a live call. Both are secrets: they are stored only here, sealed (lib/secrets.ts),
 * until the call ends.
 */
export const callMonitors = pgTable("call_monitors", {
  callId: text()
    .primaryKey()
    .references(() => calls.id, { onDelete: "cascade" }),
  sealedControlUrl: text(),
  sealedListenUrl: text(),
  /** Whether the assistant's monitorPlan turns control off. */
  isControlOff: boolean().notNull(),
  isListenOff: boolean().notNull(),
  /** A keyed hash of the columns above, because sealing the same URL twice gives two texts. */
  digest: text().notNull(),
});

/**
 * People's actions on live calls. A row is written before the request to Vapi, so that an id has one effect; a pending row
 * past its time belongs to a process that died.
 */
export const operatorActions = pgTable(
  "operator_actions",
  {
    /** Created by the client, so that a repeated request is the same action. */
    id: uuid().primaryKey(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    /** A keyed hash of the request: the same id with another body is rejected. */
    asked: text().notNull(),
    action: text().$type<ControlAction>().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    /** As in the audit log, for the entry written with the outcome. */
    by: jsonb().$type<By>().notNull(),
    at: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    /** What was said or whispered, or the destination; null after retention. */
    text: text(),
    target: text(),
    outcome: text().$type<ControlOutcome>().notNull().default("pending"),
    detail: text().notNull().default(""),
    /** The HTTP status of the answer, so that a repeat gets the same one. */
    status: smallint().notNull().default(200),
  },
  (table) => [
    index("operator_actions_call").on(table.callId, table.at),
    // Actions without an outcome: very few.
    index("operator_actions_pending").on(table.expiresAt).where(sql`${table.outcome} = 'pending'`),
  ],
);

/** Who is listening to which call. A row with an expired lease belongs to a process that died. */
export const callListeners = pgTable(
  "call_listeners",
  {
    id: uuid().primaryKey(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    /** The stream that holds the row: a player that reconnects takes it over before the older stream ends. */
    stream: uuid().notNull(),
    holderKind: text().$type<"person" | "api-key">().notNull(),
    /** A session's id, or an API key's. */
    holderId: text().notNull(),
    by: jsonb().$type<By>().notNull(),
    startedAt: moment().notNull().defaultNow(),
    leaseUntil: moment().notNull(),
  },
  (table) => [index("call_listeners_call").on(table.callId)],
);
