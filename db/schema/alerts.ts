import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { AlertActor, Episode } from "@/lib/alerts/alert";

/**
 * One row an alert that was noticed. What happened is derived from what was heard (lib/alerts/find-episodes.ts); the
 * columns say it as of `callVersion`, and only a later version overwrites them, so two who derive at once cannot leave
 * the older word. What people did is theirs alone, and decided by one conditional statement (act-on-alert.ts).
 */
export const alerts = pgTable(
  "alerts",
  {
    /** lib/alerts/alert-id.ts */
    id: text().primaryKey(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),

    kind: text().$type<Episode["kind"]>().notNull(),
    since: moment().notNull(),
    openedAt: moment().notNull(),
    hangs: integer().notNull(),
    closedAt: moment(),
    outcome: text().$type<Episode["outcome"]>().notNull(),
    callVersion: integer().notNull(),
    noticedAt: moment().notNull().defaultNow(),

    actsVersion: integer().notNull().default(0),
    acknowledgedBy: jsonb().$type<AlertActor>(),
    acknowledgedAt: moment(),
    assignee: jsonb().$type<AlertActor>(),
    snoozedUntil: moment(),
    resolvedBy: jsonb().$type<AlertActor>(),
    resolvedAt: moment(),
  },
  (table) => [
    index("alerts_call").on(table.callId),
    // The history, newest first, a page at a time.
    index("alerts_opened_at").on(table.openedAt.desc(), table.id),
    // What the tick looks at again until it is closed.
    index("alerts_open").on(table.callId).where(sql`${table.closedAt} is null`),
  ],
);

export type AlertRow = typeof alerts.$inferSelect;
