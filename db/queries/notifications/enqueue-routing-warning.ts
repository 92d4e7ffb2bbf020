import "server-only";
import { and, eq, gt, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationChannels } from "@/db/schema/notification-channels";
import { notifications } from "@/db/schema/notifications";
import { notificationId } from "@/lib/notifications/notification";

/** While it lasts, a channel is told again after so long. */
const againMs = 60 * 60_000;

/** Puts into the outbox that every channel is to be told that callers wait too long for who answers them, unless it lately was. */
export async function enqueueRoutingWarning(
  db: Pick<Database, "select" | "insert">,
  now: Date,
): Promise<void> {
  const { channelId, about, createdAt } = notifications;
  const told = db
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        eq(channelId, notificationChannels.id),
        eq(about, "routing"),
        gt(createdAt, new Date(now.getTime() - againMs)),
      ),
    );
  const channels = await db
    .select({ id: notificationChannels.id, afterMinutes: notificationChannels.afterMinutes })
    .from(notificationChannels)
    .where(and(eq(notificationChannels.isEnabled, true), notExists(told)));
  if (channels.length === 0) return;
  // Two who warn at once warn of the same.
  const when = `routing ${Math.floor(now.getTime() / againMs)}`;
  const rows = channels.map((channel) => ({
    id: notificationId(when, channel.id),
    about: "routing" as const,
    channelId: channel.id,
    dueAt: new Date(now.getTime() + channel.afterMinutes * 60_000),
    createdAt: now,
  }));
  await db.insert(notifications).values(rows).onConflictDoNothing();
}
