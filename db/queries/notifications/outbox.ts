import "server-only";
import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, lte, notExists, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type NotificationRow, notificationChannels, notifications } from "@/db/schema/alerts";
import type { AlertEvent, AlertUpdate } from "@/lib/notifications/notification";
import { hashToUuid } from "@/lib/secrets";

/** A sender that holds a notification longer than this counts as dead; sending times out long before. */
const leaseSeconds = 60;
const atOnce = 10;

export interface Claimed {
  notification: NotificationRow;
  channel: typeof notificationChannels.$inferSelect;
}

/**
 * Takes what is due, each row by one sender at a time: rows locked by another are skipped, and a row becomes due again after the
 * lease if its sender dies.
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

/** The columns that say what a notification is about, each with its subject. */
const subjectColumns = {
  alertId: "alert",
  incidentId: "incident",
  issueId: "issue",
  versionAlertId: "version",
} as const;

type SubjectColumn = keyof typeof subjectColumns;

const isSubjectColumn = (name: string): name is SubjectColumn => name in subjectColumns;

/** What a notification is about: an alert, an incident, an issue of Vapi's monitoring, or a worse version. */
export type SubjectRef = {
  [Column in SubjectColumn]: Record<Column, string> &
    Partial<Record<Exclude<SubjectColumn, Column>, undefined>>;
}[SubjectColumn];

/** The column that says what it is about, and the id in it. */
function entryOf(ref: SubjectRef): readonly [SubjectColumn, string] {
  for (const [name, id] of Object.entries(ref))
    if (isSubjectColumn(name) && id !== undefined) return [name, id];
  throw new Error("A notification is about something.");
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
 * Queues updates for channels that take updates and that have been, or will be, notified of the subject. Pass the transaction
 * that stores the change.
 */
export async function enqueueUpdates(
  db: Pick<Database, "select" | "insert">,
  updates: readonly (SubjectRef & { event: AlertUpdate })[],
): Promise<void> {
  if (updates.length === 0) return;
  const { alertId, incidentId, issueId, versionAlertId, channelId } = notifications;
  const notified = await db
    .select({ alertId, incidentId, issueId, versionAlertId, channelId })
    .from(notifications)
    .innerJoin(notificationChannels, eq(notificationChannels.id, channelId))
    .where(
      and(
        or(...updates.map(({ event: _, ...subject }) => isAbout(subject))),
        inArray(notifications.event, [...callingEvents]),
        inArray(notifications.state, ["waiting", "sent"]),
        eq(notificationChannels.isEnabled, true),
        eq(notificationChannels.tellsUpdates, true),
      ),
    )
    .groupBy(alertId, incidentId, issueId, versionAlertId, channelId);
  const rows = updates.flatMap(({ event, ...subject }) => {
    const [column, id] = entryOf(subject);
    return notified
      .filter((each) => each[column] === id)
      .map((each) => ({
        id: notificationId(`${subjectOf(subject)} ${event}`, each.channelId),
        ...toSubjectColumns(subject),
        event,
        channelId: each.channelId,
        dueAt: sql`now()`,
      }));
  });
  if (rows.length > 0) await db.insert(notifications).values(rows).onConflictDoNothing();
}

/** Events that ask for someone's attention; the other events are updates to these. */
export const callingEvents = ["opened", "escalated"] as const satisfies AlertEvent[];

/** What a row of the database is about. */
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
 * Queues an escalation for these channels, unless an earlier one of the same subject is still waiting.
 * @param round identifies the step, so that two processes queue it once
 */
export async function enqueueEscalation(
  tx: Pick<Database, "select" | "insert">,
  ref: SubjectRef,
  channelIds: readonly string[],
  round: string,
): Promise<void> {
  const isWaiting = tx
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        isAbout(ref),
        eq(notifications.channelId, notificationChannels.id),
        eq(notifications.event, "escalated"),
        eq(notifications.state, "waiting"),
      ),
    );
  const channels = await tx
    .select({ id: notificationChannels.id })
    .from(notificationChannels)
    .where(
      and(
        inArray(notificationChannels.id, [...channelIds]),
        eq(notificationChannels.isEnabled, true),
        notExists(isWaiting),
      ),
    );
  const rows = channels.map(({ id: channelId }) => ({
    id: notificationId(`${subjectOf(ref)} escalated ${round}`, channelId),
    ...toSubjectColumns(ref),
    event: "escalated" as const,
    channelId,
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

/** Makes a notification that failed, or waits for its next attempt, due now. False if there is none. */
export async function retryNotification(db: Pick<Database, "update">, id: string): Promise<boolean> {
  const retried = await db
    .update(notifications)
    .set({ state: "waiting", dueAt: sql`now()`, settledAt: null })
    .where(and(eq(notifications.id, id), sql`${notifications.state} in ('failed', 'waiting')`))
    .returning({ id: notifications.id });
  return retried.length > 0;
}

/** The result of one attempt. `why` holds no secrets. */
export type Settlement =
  | { came: "sent"; receipt: string | null }
  | { came: "skipped"; reason: string }
  /** No attempt was made; it is due again at this time. */
  | { came: "postponed"; until: Date }
  /** `pauseMs`: until the next attempt; null gives up. */
  | { came: "failed"; why: string; pauseMs: number | null };

/** Records the result of an attempt, unless another sender has taken the notification since. */
export async function settleNotification(
  db: Pick<Database, "update">,
  { id, attempts, failures }: NotificationRow,
  settlement: Settlement,
): Promise<void> {
  await db
    .update(notifications)
    .set(toColumns(settlement, attempts, failures))
    .where(
      and(eq(notifications.id, id), eq(notifications.attempts, attempts), eq(notifications.state, "waiting")),
    );
}

function toColumns(settlement: Settlement, attempts: number, failures: NotificationRow["failures"]) {
  const settledAt = sql`now()`;
  switch (settlement.came) {
    case "sent":
      return { state: "sent" as const, settledAt, receipt: settlement.receipt };
    case "skipped":
      return { state: "needless" as const, settledAt, reason: settlement.reason, attempts: attempts - 1 };
    case "postponed":
      return { dueAt: settlement.until, attempts: attempts - 1 };
    case "failed": {
      const allFailures = [...failures, { at: new Date().toISOString(), why: settlement.why }];
      if (settlement.pauseMs === null) return { state: "failed" as const, settledAt, failures: allFailures };
      return {
        failures: allFailures,
        dueAt: sql`now() + make_interval(secs => ${settlement.pauseMs / 1000})`,
      };
    }
  }
}

/**
 * One id per event, subject and channel, the same for every attempt, so that receivers recognise a repeat.
 * @param subject an alert's id, or the id of another subject
 */
export function notificationId(subject: string, channelId: string): string {
  return hashToUuid("notification", subject, channelId);
}
