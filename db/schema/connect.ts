import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { ChangeState, Drift } from "@/lib/connect/connection";
import type { FaultKind } from "@/lib/connect/faults";
import type { ResourceKind } from "@/lib/connect/needs";
import type { FieldChange } from "@/lib/connect/patch";

/**
 * What Earshot has changed in Vapi, with what was there before, so that it can be put back. Written before Vapi is asked: a
 * process that dies in between leaves `applying`, which can be put back like the rest.
 */
export const vapiChanges = pgTable(
  "vapi_changes",
  {
    id: uuid().primaryKey(),
    kind: text().$type<ResourceKind>().notNull(),
    resourceId: text().notNull(),
    name: text().notNull(),
    /** What people see of it: the fields without the values of secrets. */
    changes: jsonb().$type<FieldChange[]>().notNull(),
    /** Its top-level fields in Vapi. */
    fields: jsonb().$type<string[]>().notNull(),
    /** Those fields as they were, as JSON text, sealed (lib/secrets.ts): they may hold secrets of other servers. */
    sealedBefore: text().notNull(),
    /** The same as they were to be, and then as Vapi answered them. */
    sealedAfter: text().notNull(),
    state: text().$type<ChangeState>().notNull().default("applying"),
    appliedBy: text().notNull(),
    appliedAt: moment().notNull().defaultNow(),
    restoredBy: text(),
    restoredAt: moment(),
  },
  (table) => [
    index("vapi_changes_applied_at").on(table.appliedAt.desc(), table.id),
    // Of two who change the same thing at once, one waits for the other to be done.
    uniqueIndex("vapi_changes_one_at_a_time")
      .on(table.kind, table.resourceId)
      .where(sql`${table.state} = 'applying'`),
  ],
);

/** What is connected, and what has changed in Vapi since. */
export const vapiConnections = pgTable(
  "vapi_connections",
  {
    kind: text().$type<ResourceKind>().notNull(),
    resourceId: text().notNull(),
    name: text().notNull(),
    /** What was left as it was when somebody connected it: no drift. */
    accepted: jsonb().$type<FaultKind[]>().notNull(),
    connectedAt: moment().notNull().defaultNow(),
    /** When it was last compared. */
    checkedAt: moment().notNull().defaultNow(),
    drifts: jsonb().$type<Drift[]>().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.kind, table.resourceId] })],
);
