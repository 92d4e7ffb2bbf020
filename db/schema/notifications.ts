import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { alerts } from "@/db/schema/alerts";
import { moment } from "@/db/schema/columns";
import { notificationChannels } from "@/db/schema/notification-channels";
import type { NotificationState, NotificationSubject, SendFailure } from "@/lib/notifications/notification";

/**
 * The outbox: one row for each time a channel is to be told of something; of an alert, written together with the alert's own row.
 * Whoever takes one moves `dueAt` ahead first, so that it comes up again should the taker die.
 */
export const notifications = pgTable(
  "notifications",
  {
    /** The same for the same alert and channel: what a receiver tells a repeat by. */
    id: uuid().primaryKey(),
    about: text().$type<NotificationSubject>().notNull().default("alert"),
    /** The alert it is about, if it is about one. */
    alertId: text().references(() => alerts.id, { onDelete: "cascade" }),
    channelId: uuid()
      .notNull()
      .references(() => notificationChannels.id, { onDelete: "cascade" }),
    state: text().$type<NotificationState>().notNull().default("waiting"),
    dueAt: moment().notNull(),
    /** How often somebody has taken it; only the last taker may say what came of it. */
    attempts: integer().notNull().default(0),
    failures: jsonb().$type<SendFailure[]>().notNull().default([]),
    /** When it was sent, given up or found to be needless. */
    settledAt: moment(),
    /** Why it was needless. */
    reason: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("notifications_due").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    // Deleting a call takes its notifications along.
    index("notifications_alert").on(table.alertId),
    index("notifications_created_at").on(table.createdAt.desc(), table.id),
  ],
);

export type NotificationRow = typeof notifications.$inferSelect;
