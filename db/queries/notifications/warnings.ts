import "server-only";
import { and, eq, exists, gt, gte, notExists, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationId } from "@/db/queries/notifications/outbox";
import { notificationChannels, notifications } from "@/db/schema/alerts";
import type { AlertEvent, NotificationSubject } from "@/lib/notifications/notification";

/** A channel is warned again after this long while the problem lasts. */
const againMs = 60 * 60_000;

/** Warns every channel that callers wait too long for call routing. */
export async function enqueueRoutingWarning(
  db: Pick<Database, "select" | "insert">,
  now: Date,
): Promise<void> {
  const { channelId, about, createdAt } = notifications;
  const warned = db
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        eq(channelId, notificationChannels.id),
        eq(about, "routing"),
        gt(createdAt, new Date(now.getTime() - againMs)),
      ),
    );
  const when = `routing ${Math.floor(now.getTime() / againMs)}`;
  await enqueueWarning(db, { about: "routing", key: when, now }, notExists(warned));
}

/**
 * Warns every channel that settings in Vapi changed after they were connected.
 * @param key identifies what changed
 */
export function enqueueDriftWarning(
  db: Pick<Database, "select" | "insert">,
  key: string,
  now: Date,
): Promise<void> {
  return enqueueWarning(db, { about: "connection", key: `connection ${key}`, now });
}

/**
 * Warns every channel that no events have arrived since a given time. Once they arrive again, notifies the warned channels
 * that take updates.
 */
export async function enqueueGapWarning(
  db: Pick<Database, "select" | "insert">,
  event: "opened" | "recovered",
  since: Date,
  now: Date,
): Promise<void> {
  const warning = { about: "gaps", event, key: `gaps ${event} ${since.toISOString()}`, now } as const;
  if (event === "opened") return enqueueWarning(db, warning);
  const warned = db
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        eq(notifications.channelId, notificationChannels.id),
        eq(notifications.about, "gaps"),
        eq(notifications.event, "opened"),
        eq(notifications.state, "sent"),
        gte(notifications.createdAt, since),
      ),
    );
  await enqueueWarning(db, warning, and(eq(notificationChannels.tellsUpdates, true), exists(warned)));
}

/** `key` identifies the problem, so that concurrent callers queue one warning per channel. */
async function enqueueWarning(
  db: Pick<Database, "select" | "insert">,
  {
    about,
    event = "opened",
    key,
    now,
  }: { about: NotificationSubject; event?: AlertEvent; key: string; now: Date },
  condition?: SQL,
): Promise<void> {
  const channels = await db
    .select({ id: notificationChannels.id, afterMinutes: notificationChannels.afterMinutes })
    .from(notificationChannels)
    .where(and(eq(notificationChannels.isEnabled, true), condition));
  if (channels.length === 0) return;
  const rows = channels.map((channel) => ({
    id: notificationId(key, channel.id),
    about,
    event,
    channelId: channel.id,
    dueAt: new Date(now.getTime() + channel.afterMinutes * 60_000),
    createdAt: now,
  }));
  await db.insert(notifications).values(rows).onConflictDoNothing();
}
