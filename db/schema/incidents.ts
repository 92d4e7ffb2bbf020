import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { actedColumns, actionColumns, moment } from "@/db/schema/columns";
import type { IncidentCall } from "@/lib/incidents/detail";
import type { Cause, Incident } from "@/lib/incidents/incident";

/**
 * One row per group of troubled calls with one likely cause. Its facts are derived from alerts and failed calls
 * (lib/incidents/group.ts) by one process at a time; the columns for actions are written for people's actions, as with
 * alerts.
 */
export const incidents = pgTable(
  "incidents",
  {
    id: uuid().primaryKey().defaultRandom(),
    cause: jsonb().$type<Cause>().notNull(),
    outcome: text().$type<Incident["outcome"]>().notNull(),
    callCount: integer().notNull(),
    failedCount: integer().notNull(),
    since: moment().notNull(),
    openedAt: moment().notNull(),
    lastAt: moment().notNull(),
    closedAt: moment(),
    /** The metric that is unusual (lib/rates/watch.ts); null for an incident made of calls. */
    watched: text(),
    /** Increases whenever a column above changes. */
    version: integer().notNull().default(1),

    ...actedColumns(),
  },
  (table) => [
    index("incidents_opened_at").on(table.openedAt.desc(), table.id),
    // Incidents that are derived again until they close.
    index("incidents_open").on(table.openedAt).where(sql`${table.closedAt} is null`),
    // One open incident per metric.
    uniqueIndex("incidents_watched").on(table.watched).where(sql`${table.closedAt} is null`),
  ],
);

export type IncidentRow = typeof incidents.$inferSelect;

/** The alerts and failed calls an incident consists of. */
export const incidentMembers = pgTable(
  "incident_members",
  {
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    /** The id of the alert or of the failed call. */
    signalId: text().notNull(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    kind: text().$type<IncidentCall["kind"]>().notNull(),
    at: moment().notNull(),
    endedAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.signalId] }),
    index("incident_members_signal").on(table.signalId),
    // Deleting a call removes it from its incidents.
    index("incident_members_call").on(table.callId),
  ],
);

/** People's actions on incidents. */
export const incidentActs = pgTable(
  "incident_acts",
  {
    ...actionColumns(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
  },
  (table) => [index("incident_acts_incident").on(table.incidentId)],
);
