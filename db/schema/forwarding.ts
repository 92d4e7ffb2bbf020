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
 * Systems that events and alerts are forwarded to. Each target has a cursor into what was recorded, so recording writes nothing
 * for it. One process at a time works on a target, under a lease that expires if it dies.
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
  /** The signing key (lib/secrets.ts), and the previous one for a day after a rotation. */
  sealedSecret: text().notNull(),
  sealedOldSecret: text(),
  oldSecretUntil: moment(),

  /** Everything up to here was delivered or is pending. */
  cursorRecordedIn: transactionId().notNull(),
  cursorReceivedAt: moment().notNull(),
  cursorAt: moment().notNull(),
  cursorKey: uuid().notNull(),

  /** Consecutive failures, and since when; the breaker stops the target until `openUntil`. */
  failures: integer().notNull().default(0),
  failingSince: moment(),
  openUntil: moment(),

  leaseId: uuid(),
  leaseUntil: moment(),
  createdAt: moment().notNull().defaultNow(),
});

export type TargetRow = typeof forwardingTargets.$inferSelect;

/** Calls with pending items, which must stay in order; one row per call. */
export const forwardingHeld = pgTable(
  "forwarding_held",
  {
    targetId: uuid()
      .notNull()
      .references(() => forwardingTargets.id, { onDelete: "cascade" }),
    /** The call's id, or else the conversation's, or else the item's own. */
    orderKey: text().notNull(),
    /** Number of attempts for its first item. */
    attempts: integer().notNull(),
    /** When it started failing; null while it only waits for its turn. */
    failingSince: moment(),
    nextAttemptAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.targetId, table.orderKey] }),
    index("forwarding_held_due").on(table.targetId, table.nextAttemptAt),
  ],
);

/**
 * Items behind the cursor that are still to be delivered. Bodies are read when they are sent, so that deleted data stays
 * deleted.
 */
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

/** The delivery log: one row per attempt, without bodies. */
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
    /** From 1; 0 for an item that was never sent. */
    attempt: integer().notNull(),
    outcome: text().$type<DeliveryOutcome>().notNull(),
    /** The HTTP status; null without an answer. */
    status: integer(),
    tookMs: integer(),
    /** Why it failed, in words without secrets. */
    error: text(),
  },
  (table) => [
    index("forwarding_deliveries_target").on(table.targetId, table.id.desc()),
    index("forwarding_deliveries_attempted_at").on(table.attemptedAt),
    // The few entries people look for.
    index("forwarding_deliveries_lost")
      .on(table.targetId, table.id.desc())
      .where(sql`${table.outcome} <> 'delivered'`),
  ],
);

/** Spans to be sent again. */
export const forwardingReplays = pgTable(
  "forwarding_replays",
  {
    id: uuid().primaryKey().defaultRandom(),
    targetId: uuid()
      .notNull()
      .references(() => forwardingTargets.id, { onDelete: "cascade" }),
    /** By time of receipt, inclusive. */
    from: moment().notNull(),
    to: moment().notNull(),
    /** Everything up to here has been read. */
    cursorReceivedAt: moment().notNull(),
    cursorAt: moment().notNull(),
    cursorKey: uuid().notNull(),
    /** Number of items read so far. */
    items: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    doneAt: moment(),
  },
  (table) => [index("forwarding_replays_open").on(table.targetId, table.createdAt)],
);

export type ReplayRow = typeof forwardingReplays.$inferSelect;
