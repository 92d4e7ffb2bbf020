import { bigint, customType, integer, jsonb, text, timestamp } from "drizzle-orm/pg-core";
import type { ActionKind, AlertActor } from "@/lib/alerts/alert";

/** A time to the millisecond, which is Vapi's resolution. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

/**
 * The rank of a fact; the greater one wins (see lib/webhook/rank.ts and db/queries/record/merge-call.ts). Below 2^53, so a
 * plain number is exact.
 */
export const rank = () => bigint({ mode: "number" });

/** The words of a text for Postgres's search. Never read into this process. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A transaction's id, which does not wrap around; read as text. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * The state of people's actions on an alert, an incident or a worse version; the state with the greater `actsVersion` is
 * newer.
 */
export const actedColumns = () => ({
  actsVersion: integer().notNull().default(0),
  acknowledgedBy: jsonb().$type<AlertActor>(),
  acknowledgedAt: moment(),
  assignee: jsonb().$type<AlertActor>(),
  snoozedUntil: moment(),
  resolvedBy: jsonb().$type<AlertActor>(),
  resolvedAt: moment(),
});

/** One action. Inserted once; names are copied, because people may have been removed when it is read. */
export const actionColumns = () => ({
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text().$type<ActionKind>().notNull(),
  by: jsonb().$type<AlertActor>().notNull(),
  at: moment().notNull(),
  text: text(),
  assignee: jsonb().$type<AlertActor>(),
});
