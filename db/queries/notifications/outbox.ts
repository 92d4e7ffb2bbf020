import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Recipient, recipientKey } from "@/db/queries/notifications/recipients";
import { notificationChannels, notifications } from "@/db/schema/alerts";
import type { AlertEvent, AlertUpdate } from "@/lib/notifications/notification";
import { hashToUuid } from "@/lib/secrets";

/** The columns that reference a notification's subject, each with the subject's kind. */
const subjectColumns = {
  alertId: "alert",
  incidentId: "incident",
  issueId: "issue",
  versionAlertId: "version",
} as const;

type SubjectColumn = keyof typeof subjectColumns;

const isSubjectColumn = (name: string): name is SubjectColumn => name in subjectColumns;

/** The subject of a notification: an alert, an incident, an issue from Vapi's monitoring, or a worse version. */
export type SubjectRef = {
  [Column in SubjectColumn]: Record<Column, string> &
    Partial<Record<Exclude<SubjectColumn, Column>, undefined>>;
}[SubjectColumn];

/** The subject's column and id. */
function entryOf(ref: SubjectRef): readonly [SubjectColumn, string] {
  for (const [name, id] of Object.entries(ref))
    if (isSubjectColumn(name) && id !== undefined) return [name, id];
  throw new Error("A notification needs a subject.");
}

function subjectOf(ref: SubjectRef): string {
  const [column, id] = entryOf(ref);
  return column === "alertId" ? id : `${subjectColumns[column]} ${id}`;
}

/**
 * Queues one notification per subject and channel: due at once, or after the channel's delay. Pass the transaction that stores
 * the subject, so that neither is stored without the other.
 * @param only these channels; null for all
 */
export async function enqueueNotifications(
  db: Pick<Database, "select" | "insert">,
  noticed: readonly (SubjectRef & { noticedAt: Date })[],
  only: readonly string[] | null = null,
): Promise<void> {
  if (noticed.length === 0) return;
  const channels = await db
    .select({ id: notificationChannels.id, afterMinutes: notificationChannels.afterMinutes })
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.isEnabled, true),
        only === null ? undefined : inArray(notificationChannels.id, [...only]),
      ),
    );
  const rows = noticed.flatMap(({ noticedAt, ...ref }) =>
    channels.map((channel) => ({
      id: notificationId(subjectOf(ref), channel.id),
      ...toSubjectColumns(ref),
      channelId: channel.id,
      dueAt: new Date(noticedAt.getTime() + channel.afterMinutes * 60_000),
    })),
  );
  if (rows.length > 0) await db.insert(notifications).values(rows).onConflictDoNothing();
}

/**
 * Queues updates for the people, and for the channels that take updates, that have been or will be notified of the subject.
 * Pass the transaction that stores the change.
 */
export async function enqueueUpdates(
  db: Pick<Database, "select" | "insert">,
  updates: readonly (SubjectRef & { event: AlertUpdate })[],
): Promise<void> {
  if (updates.length === 0) return;
  const { alertId, incidentId, issueId, versionAlertId, channelId, userId, via } = notifications;
  const notified = await db
    .select({ alertId, incidentId, issueId, versionAlertId, channelId, userId, via })
    .from(notifications)
    .leftJoin(notificationChannels, eq(notificationChannels.id, channelId))
    .where(
      and(
        or(...updates.map(({ event: _, ...subject }) => isAbout(subject))),
        inArray(notifications.event, [...callingEvents]),
        inArray(notifications.state, ["waiting", "sent"]),
        or(
          isNotNull(userId),
          and(eq(notificationChannels.isEnabled, true), eq(notificationChannels.tellsUpdates, true)),
        ),
      ),
    )
    .groupBy(alertId, incidentId, issueId, versionAlertId, channelId, userId, via);
  const rows = updates.flatMap(({ event, ...subject }) => {
    const [column, id] = entryOf(subject);
    return notified
      .filter((each) => each[column] === id)
      .map(({ channelId, userId, via }) => ({
        id: notificationId(`${subjectOf(subject)} ${event}`, recipientKey({ channelId, userId, via })),
        ...toSubjectColumns(subject),
        event,
        channelId,
        userId,
        via,
        dueAt: sql`now()`,
      }));
  });
  if (rows.length > 0) await db.insert(notifications).values(rows).onConflictDoNothing();
}

/** Events that ask for someone's attention; the other events are updates to these. */
export const callingEvents = ["opened", "escalated"] as const satisfies AlertEvent[];

/** Returns the subject that a database row references. */
export function toSubjectRef({
  alertId,
  incidentId,
  issueId,
  versionAlertId,
}: Record<SubjectColumn, string | null>): SubjectRef | null {
  if (alertId !== null) return { alertId };
  if (incidentId !== null) return { incidentId };
  if (issueId !== null) return { issueId };
  return versionAlertId === null ? null : { versionAlertId };
}

/**
 * Queues an escalation for these channels and people, each unless an earlier one of the same subject is still waiting.
 * @param round identifies the step, so that two processes queue it once
 */
export async function enqueueEscalation(
  tx: Pick<Database, "select" | "insert">,
  ref: SubjectRef,
  recipients: readonly Recipient[],
  round: string,
): Promise<void> {
  const { channelId, userId, via } = notifications;
  const waiting = await tx
    .select({ channelId, userId, via })
    .from(notifications)
    .where(and(isAbout(ref), eq(notifications.event, "escalated"), eq(notifications.state, "waiting")));
  const busy = new Set(waiting.map(recipientKey));
  const rows = recipients
    .filter((recipient) => !busy.has(recipientKey(recipient)))
    .map((recipient) => ({
      id: notificationId(`${subjectOf(ref)} escalated ${round}`, recipientKey(recipient)),
      ...toSubjectColumns(ref),
      event: "escalated" as const,
      ...recipient,
      dueAt: sql`now()`,
    }));
  if (rows.length > 0) await tx.insert(notifications).values(rows).onConflictDoNothing();
}

export function isAbout(ref: SubjectRef) {
  const [column, id] = entryOf(ref);
  return eq(notifications[column], id);
}

function toSubjectColumns(ref: SubjectRef) {
  const [column, id] = entryOf(ref);
  return { about: subjectColumns[column], [column]: id };
}

/** Queues a test of a channel. Returns its id, or null if there is no such channel. */
export async function enqueueTest(
  db: Pick<Database, "insert" | "select">,
  channelId: string,
): Promise<string | null> {
  const channel = db
    .select({ id: notificationChannels.id })
    .from(notificationChannels)
    .where(eq(notificationChannels.id, channelId));
  const [found] = await channel;
  if (!found) return null;
  const id = randomUUID();
  await db.insert(notifications).values({ id, about: "test", channelId, dueAt: sql`now()` });
  return id;
}

/**
 * One id per event, subject and recipient, the same for every attempt, so that receivers recognise a repeat.
 * @param subject an alert's id, or the id of another subject
 * @param recipient a channel's id, or a person's key
 */
export function notificationId(subject: string, recipient: string): string {
  return hashToUuid("notification", subject, recipient);
}
