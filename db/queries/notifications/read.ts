import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callingEvents, isAbout, type SubjectRef } from "@/db/queries/notifications/outbox";
import { isFor, type Recipient } from "@/db/queries/notifications/recipients";
import { newestFirst } from "@/db/rows";
import { alerts, notificationChannels, notifications } from "@/db/schema/alerts";
import { users } from "@/db/schema/auth";
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

/** The newest notifications of the outbox, with their outcomes. */
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
      person: users.name,
    })
    .from(notifications)
    .leftJoin(notificationChannels, eq(notifications.channelId, notificationChannels.id))
    .leftJoin(users, eq(notifications.userId, users.id))
    .leftJoin(alerts, eq(notifications.alertId, alerts.id))
    .orderBy(newestFirst(notifications.createdAt), notifications.id)
    .limit(limit);
  return rows.map(({ row, callId, channel, person }) => ({
    id: row.id,
    about: row.about,
    event: row.event,
    alertId: row.alertId,
    callId,
    incidentId: row.incidentId,
    issueId: row.issueId,
    versionAlertId: row.versionAlertId,
    channel: channel ?? { id: null, kind: row.via ?? "email", name: person ?? "" },
    userId: row.userId,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    attempts: row.attempts,
    failures: row.failures,
    settledAt: row.settledAt?.toISOString() ?? null,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** State of a recipient's notifications that an alert, incident, issue or worse version opened or was escalated. */
interface SentSoFar {
  isSent: boolean;
  /** Whether a sender is working on one now. */
  isSending: boolean;
  /** When the next is due; null if none is waiting. */
  dueAt: Date | null;
  /** The receiver's identifier of the first message. */
  receipt: string | null;
}

export async function readSentSoFar(
  db: Pick<Database, "select">,
  ref: SubjectRef,
  recipient: Recipient,
): Promise<SentSoFar> {
  const { state, dueAt, attempts, failures, receipt, createdAt } = notifications;
  const rows = await db
    .select({ state, dueAt, attempts, failures, receipt })
    .from(notifications)
    .where(and(isAbout(ref), isFor(recipient), inArray(notifications.event, [...callingEvents])))
    .orderBy(asc(createdAt));
  const waiting = rows.filter((row) => row.state === "waiting");
  const [firstDue] = waiting.map((row) => row.dueAt).sort((a, b) => a.getTime() - b.getTime());
  return {
    isSent: rows.some((row) => row.state === "sent"),
    isSending: waiting.some((row) => row.attempts > row.failures.length),
    dueAt: firstDue ?? null,
    receipt: rows.find((row) => row.receipt !== null)?.receipt ?? null,
  };
}
