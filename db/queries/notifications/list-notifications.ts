import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { alerts } from "@/db/schema/alerts";
import { notificationChannels } from "@/db/schema/notification-channels";
import { notifications } from "@/db/schema/notifications";
import type { Notification } from "@/lib/notifications/notification";

/** The newest of the outbox, whatever has become of them. */
export async function listNotifications(
  db: Pick<Database, "select">,
  limit: number,
): Promise<Notification[]> {
  const rows = await db
    .select({
      row: notifications,
      callId: alerts.callId,
      channel: {
        id: notificationChannels.id,
        kind: notificationChannels.kind,
        name: notificationChannels.name,
      },
    })
    .from(notifications)
    .innerJoin(notificationChannels, eq(notifications.channelId, notificationChannels.id))
    .leftJoin(alerts, eq(notifications.alertId, alerts.id))
    .orderBy(newestFirst(notifications.createdAt), notifications.id)
    .limit(limit);
  return rows.map(({ row, callId, channel }) => ({
    id: row.id,
    about: row.about,
    alertId: row.alertId,
    callId,
    channel,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    attempts: row.attempts,
    failures: row.failures,
    settledAt: row.settledAt?.toISOString() ?? null,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
  }));
}
