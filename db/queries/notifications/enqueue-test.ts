import "server-only";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationChannels } from "@/db/schema/notification-channels";
import { notifications } from "@/db/schema/notifications";

/** Puts a test of a channel into the outbox; its id, or null when there is no such channel. */
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
