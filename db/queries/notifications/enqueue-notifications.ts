import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationChannels } from "@/db/schema/notification-channels";
import { notifications } from "@/db/schema/notifications";
import { notificationId } from "@/lib/notifications/notification";

/**
 * Puts into the outbox that every channel is to be told of these alerts: some at once, some later should nobody have
 * acknowledged them by then. Give the transaction that keeps the alerts, so that neither is kept without the other.
 */
export async function enqueueNotifications(
  db: Pick<Database, "select" | "insert">,
  noticed: readonly { alertId: string; noticedAt: Date }[],
): Promise<void> {
  if (noticed.length === 0) return;
  const channels = await db
    .select({ id: notificationChannels.id, afterMinutes: notificationChannels.afterMinutes })
    .from(notificationChannels)
    .where(eq(notificationChannels.isEnabled, true));
  const rows = noticed.flatMap(({ alertId, noticedAt }) =>
    channels.map((channel) => ({
      id: notificationId(alertId, channel.id),
      alertId,
      channelId: channel.id,
      dueAt: new Date(noticedAt.getTime() + channel.afterMinutes * 60_000),
    })),
  );
  if (rows.length > 0) await db.insert(notifications).values(rows).onConflictDoNothing();
}
