import "server-only";
import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationChannels } from "@/db/schema/notification-channels";
import { type NotificationRow, notifications } from "@/db/schema/notifications";

/** How long a taker may be busy with one before it counts as dead; sending gives up long before. */
const leaseSeconds = 60;
const atOnce = 10;

export interface Claimed {
  notification: NotificationRow;
  channel: typeof notificationChannels.$inferSelect;
}

/**
 * Takes what is due, each by one sender at a time: rows that another is just taking are passed over, and what is taken
 * becomes due again only after the lease, should its taker die.
 */
export async function claimNotifications(db: Database): Promise<Claimed[]> {
  const due = db.$with("due").as(
    db
      .select({ id: notifications.id })
      .from(notifications)
      .where(and(eq(notifications.state, "waiting"), lte(notifications.dueAt, sql`now()`)))
      .orderBy(asc(notifications.dueAt))
      .limit(atOnce)
      .for("update", { skipLocked: true }),
  );
  const taken = await db
    .with(due)
    .update(notifications)
    .set({
      dueAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempts: sql`${notifications.attempts} + 1`,
    })
    .where(inArray(notifications.id, db.select({ id: due.id }).from(due)))
    .returning();
  if (taken.length === 0) return [];
  const channels = await db
    .select()
    .from(notificationChannels)
    .where(inArray(notificationChannels.id, [...new Set(taken.map(({ channelId }) => channelId))]));
  return taken.flatMap((notification) => {
    const channel = channels.find(({ id }) => id === notification.channelId);
    return channel ? [{ notification, channel }] : [];
  });
}
