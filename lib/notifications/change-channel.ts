import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { notificationChannels } from "@/db/schema/notification-channels";
import type { By } from "@/lib/audit/audit";
import type { ChannelChange } from "@/lib/notifications/new-channel-schema";

/** Changes a channel; false when there is none of this id. */
export async function changeChannel(
  db: Database,
  id: string,
  change: ChannelChange,
  by: By,
): Promise<boolean> {
  const { afterMinutes, quietHours, isEnabled } = change;
  const columns = {
    ...(afterMinutes !== undefined && { afterMinutes }),
    ...(quietHours !== undefined && { quietHours }),
    ...(isEnabled !== undefined && { isEnabled }),
  };
  if (Object.keys(columns).length === 0) return true;
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(notificationChannels)
      .set(columns)
      .where(eq(notificationChannels.id, id))
      .returning({ name: notificationChannels.name });
    if (!changed) return false;
    const detail = Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    await recordAudit(tx, { ...by, action: "channel.changed", target: changed.name, detail });
    return true;
  });
}

/** Deletes a channel, and with it what was to be sent there; false when there is none of this id. */
export async function deleteChannel(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [deleted] = await tx
      .delete(notificationChannels)
      .where(eq(notificationChannels.id, id))
      .returning({ name: notificationChannels.name });
    if (deleted) await recordAudit(tx, { ...by, action: "channel.deleted", target: deleted.name });
    return deleted !== undefined;
  });
}
