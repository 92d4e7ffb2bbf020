import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { ChangeState, Drift } from "@/lib/connect/connection";
import type { FaultKind } from "@/lib/connect/faults";
import type { ResourceKind } from "@/lib/connect/needs";
import type { FieldChange } from "@/lib/connect/patch";

/**
 * Changes Earshot made in Vapi, with the previous values, so that they can be restored. Written before the request to Vapi:
 * a process that dies in between leaves `applying`, which can be restored like the rest.
 */
export const vapiChanges = pgTable(
  "vapi_changes",
  {
    id: uuid().primaryKey(),
    kind: text().$type<ResourceKind>().notNull(),
    resourceId: text().notNull(),
    name: text().notNull(),
    /** The fields shown to people, without the values of secrets. */
    changes: jsonb().$type<FieldChange[]>().notNull(),
    /** The changed top-level fields. */
    fields: jsonb().$type<string[]>().notNull(),
    /** Their previous values as JSON text, sealed because they may hold secrets of other servers (lib/secrets.ts). */
    sealedBefore: text().notNull(),
    /** Their new values: as requested, then as Vapi answered. */
    sealedAfter: text().notNull(),
    state: text().$type<ChangeState>().notNull().default("applying"),
    appliedBy: text().notNull(),
    appliedAt: moment().notNull().defaultNow(),
    restoredBy: text(),
    restoredAt: moment(),
  },
  (table) => [
    index("vapi_changes_applied_at").on(table.appliedAt.desc(), table.id),
    // Only one change of a resource at a time.
    uniqueIndex("vapi_changes_one_at_a_time")
      .on(table.kind, table.resourceId)
      .where(sql`${table.state} = 'applying'`),
  ],
);

/** Connected resources, and their changes in Vapi since then. */
export const vapiConnections = pgTable(
  "vapi_connections",
  {
    kind: text().$type<ResourceKind>().notNull(),
    resourceId: text().notNull(),
    name: text().notNull(),
    /** Faults accepted when it was connected, which do not count as drift. */
    accepted: jsonb().$type<FaultKind[]>().notNull(),
    connectedAt: moment().notNull().defaultNow(),
    /** When it was last compared. */
    checkedAt: moment().notNull().defaultNow(),
    drifts: jsonb().$type<Drift[]>().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.kind, table.resourceId] })],
);
