import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, transactionId } from "@/db/schema/columns";
import type { DeliveryOutcome, ForwardingBody, ItemKind, Mapping } from "@/lib/forwarding/target";

/**
 * Systems that events and alerts are passed on to. Each target has a cursor into what was recorded, so that recording writes
 * nothing for it. One process at a time works on a target, under a lease that ends should the process die.
 */
export const forwardingTargets = pgTable("forwarding_targets", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  url: text().notNull(),
  /** Null: every message type. */
  types: jsonb().$type<string[]>(),
  sendsAlerts: boolean().notNull(),
  /** Ids or names; empty: all. */
  assistants: jsonb().$type<string[]>().notNull(),
  body: text().$type<ForwardingBody>().notNull(),
  mapping: jsonb().$type<Mapping>(),
  isMasked: boolean().notNull(),
  isEnabled: boolean().notNull().default(true),
  /** The key that requests are signed with (lib/secrets.ts), and the one before it, for a day after a rotation. */
  sealedSecret: text().notNull(),
  sealedOldSecret: text(),
  oldSecretUntil: moment(),

  /** Everything up to here has been read: delivered, or put among the pending. */
  cursorRecordedIn: transactionId().notNull(),
  cursorReceivedAt: moment().notNull(),
  cursorAt: moment().notNull(),
  cursorKey: uuid().notNull(),

  /** Attempts that failed in a row, and since when; the breaker keeps the target closed until `openUntil`. */
  failures: integer().notNull().default(0),
  failingSince: moment(),
  openUntil: moment(),

  leaseId: uuid(),
  leaseUntil: moment(),
  createdAt: moment().notNull().defaultNow(),
});

export type TargetRow = typeof forwardingTargets.$inferSelect;

/** Calls whose deliveries to a target wait, so that their order is kept; there is one for every call that has any pending. */
export const forwardingHeld = pgTable(
  "forwarding_held",
  {
    targetId: uuid()
      .notNull()
      .references(() => forwardingTargets.id, { onDelete: "cascade" }),
    /** The call's id, else the conversation's, else the item's own. */
    orderKey: text().notNull(),
    /** How often its first item was tried. */
    attempts: integer().notNull(),
    /** Since when it fails; null while it only waits for its turn. */
    failingSince: moment(),
    nextAttemptAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.targetId, table.orderKey] }),
    index("forwarding_held_due").on(table.targetId, table.nextAttemptAt),
  ],
);

/** What waits to be delivered behind the cursor. No bodies: they are read when they are sent, so that deleted data stays deleted. */
export const forwardingPending = pgTable(
  "forwarding_pending",
  {
    targetId: uuid().notNull(),
    kind: text().$type<ItemKind>().notNull(),
    key: uuid().notNull(),
    type: text().notNull(),
    callId: text(),
    orderKey: text().notNull(),
    recordedIn: transactionId().notNull(),
    receivedAt: moment().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.targetId, table.key] }),
    foreignKey({
      columns: [table.targetId, table.orderKey],
      foreignColumns: [forwardingHeld.targetId, forwardingHeld.orderKey],
      name: "forwarding_pending_held",
    }).onDelete("cascade"),
    index("forwarding_pending_order").on(
      table.targetId,
      table.orderKey,
      table.recordedIn,
      table.receivedAt,
      table.at,
      table.key,
    ),
  ],
);

/** The delivery log: one row an attempt, without bodies. */
export const forwardingDeliveries = pgTable(
  "forwarding_deliveries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    targetId: uuid()
      .notNull()
      .references(() => forwardingTargets.id, { onDelete: "cascade" }),
    key: uuid().notNull(),
    type: text().notNull(),
    callId: text(),
    attemptedAt: moment().notNull(),
    /** Counted from 1; 0 for what was not sent at all. */
    attempt: integer().notNull(),
    outcome: text().$type<DeliveryOutcome>().notNull(),
    /** The HTTP status; null where nothing answered. */
    status: integer(),
    tookMs: integer(),
    /** Why it failed, in words without secrets. */
    error: text(),
  },
  (table) => [
    index("forwarding_deliveries_target").on(table.targetId, table.id.desc()),
    index("forwarding_deliveries_attempted_at").on(table.attemptedAt),
    // The few that people look for.
    index("forwarding_deliveries_lost")
      .on(table.targetId, table.id.desc())
      .where(sql`${table.outcome} <> 'delivered'`),
  ],
);

/** Spans that somebody wants sent once more. */
export const forwardingReplays = pgTable(
  "forwarding_replays",
  {
    id: uuid().primaryKey().defaultRandom(),
    targetId: uuid()
      .notNull()
      .references(() => forwardingTargets.id, { onDelete: "cascade" }),
    /** By when it was received; both included. */
    from: moment().notNull(),
    to: moment().notNull(),
    /** Everything up to here has been read. */
    cursorReceivedAt: moment().notNull(),
    cursorAt: moment().notNull(),
    cursorKey: uuid().notNull(),
    /** How many were read so far. */
    items: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    doneAt: moment(),
  },
  (table) => [index("forwarding_replays_open").on(table.targetId, table.createdAt)],
);

export type ReplayRow = typeof forwardingReplays.$inferSelect;
