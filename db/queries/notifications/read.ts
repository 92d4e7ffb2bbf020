import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { alerts, notificationChannels, notifications } from "@/db/schema/alerts";
import type { Notification } from "@/lib/notifications/notification";
import { isReadable } from "@/lib/secrets";

/** Every notification channel, oldest first, without its secret. */
export async function listChannels(db: Pick<Database, "select">) {
  const rows = await db
    .select({
      id: notificationChannels.id,
      sealedSecret: notificationChannels.sealedSecret,
      kind: notificationChannels.kind,
      name: notificationChannels.name,
      target: notificationChannels.target,
      afterMinutes: notificationChannels.afterMinutes,
      quietHours: notificationChannels.quietHours,
      tellsUpdates: notificationChannels.tellsUpdates,
      isEnabled: notificationChannels.isEnabled,
    })
    .from(notificationChannels)
    .orderBy(asc(notificationChannels.createdAt));
  return rows.map(({ sealedSecret, ...row }) => ({ ...row, isReadable: isReadable(sealedSecret, row.id) }));
}

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
    event: row.event,
    alertId: row.alertId,
    callId,
    incidentId: row.incidentId,
    issueId: row.issueId,
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
