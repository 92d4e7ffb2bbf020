import "server-only";
import { asc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationChannels } from "@/db/schema/notification-channels";

/** Every notification channel, oldest first, without its secret. */
export async function listChannels(db: Pick<Database, "select">) {
  return db
    .select({
      id: notificationChannels.id,
      kind: notificationChannels.kind,
      name: notificationChannels.name,
      target: notificationChannels.target,
      afterMinutes: notificationChannels.afterMinutes,
      quietHours: notificationChannels.quietHours,
      isEnabled: notificationChannels.isEnabled,
    })
    .from(notificationChannels)
    .orderBy(asc(notificationChannels.createdAt));
}
