import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { By } from "@/lib/audit/audit";
import type { ControlAction, ControlOutcome } from "@/lib/control/action";

/**
 * Where Vapi takes orders for a live call, and where it is listened to. Both URLs are passwords: they are kept sealed
 * (lib/secrets.ts), here and nowhere else, until the call ends.
 */
export const callMonitors = pgTable("call_monitors", {
  callId: text()
    .primaryKey()
    .references(() => calls.id, { onDelete: "cascade" }),
  sealedControlUrl: text(),
  sealedListenUrl: text(),
  /** The assistant's monitorPlan switches it off. */
  isControlOff: boolean().notNull(),
  isListenOff: boolean().notNull(),
  /** A keyed hash of all of the above: sealing the same URL twice gives two texts. */
  digest: text().notNull(),
});

/**
 * What people did on live calls. A row is written before Vapi is asked, so that one id has one effect; one that is pending
 * although its time is up belongs to a process that died on the way.
 */
export const operatorActions = pgTable(
  "operator_actions",
  {
    /** Made by the client, so that a repeated request is the same action. */
    id: uuid().primaryKey(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    /** A keyed hash of the request: the same id with another body is refused. */
    asked: text().notNull(),
    action: text().$type<ControlAction>().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    /** As the audit log names them, for the entry that is written with the outcome. */
    by: jsonb().$type<By>().notNull(),
    at: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    /** What was said or whispered, and to whom or what it was done; null after retention has passed. */
    text: text(),
    target: text(),
    outcome: text().$type<ControlOutcome>().notNull().default("pending"),
    detail: text().notNull().default(""),
    /** The HTTP status of the answer, so that a repeat gets the same. */
    status: smallint().notNull().default(200),
  },
  (table) => [
    index("operator_actions_call").on(table.callId, table.at),
    // Actions without an answer yet: very few.
    index("operator_actions_pending").on(table.expiresAt).where(sql`${table.outcome} = 'pending'`),
  ],
);

/** Who is listening to which call now. A row whose lease has run out belongs to a process that died. */
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
