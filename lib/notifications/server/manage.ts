import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { insertChannel, removeChannel, updateChannel } from "@/db/queries/notifications/channels";
import { savePushSubscription } from "@/db/queries/notifications/push-subscriptions";
import type { By } from "@/lib/audit/audit";
import {
  alwaysTellsUpdates,
  type ChannelChange,
  type NewChannel,
  type PushSubscriptionKeys,
} from "@/lib/notifications/channel";
import { prepareChannel } from "@/lib/notifications/server/channels/channels";
import { hashToUuid, sealSecret } from "@/lib/secrets";

/** Changes a channel; false if it does not exist. */
export async function changeChannel(
  db: Database,
  id: string,
  change: ChannelChange,
  by: By,
): Promise<boolean> {
  const { afterMinutes, quietHours, tellsUpdates, isEnabled } = change;
  const columns = {
    ...(afterMinutes !== undefined && { afterMinutes }),
    ...(quietHours !== undefined && { quietHours }),
    ...(tellsUpdates !== undefined && { tellsUpdates }),
    ...(isEnabled !== undefined && { isEnabled }),
  };
  if (Object.keys(columns).length === 0) return true;
  return db.transaction(async (tx) => {
    const target = await updateChannel(tx, id, columns);
    if (target === null) return false;
    const detail = Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    await recordAudit(tx, { ...by, action: "channel.changed", target, detail });
    return true;
  });
}

/** Deletes a channel and its unsent notifications; false if it does not exist. */
export async function deleteChannel(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeChannel(tx, id);
    if (target !== null) await recordAudit(tx, { ...by, action: "channel.deleted", target });
    return target !== null;
  });
}

/**
 * Creates a channel. Returns its webhook signing key, which is shown only once (null for other kinds). Returns null if
 * the channel already exists and only one is allowed.
 */
export async function createChannel(
  db: Database,
  channel: NewChannel,
  by: By,
): Promise<{ id: string; key: string | null } | null> {
  const { kind, name, afterMinutes, quietHours, tellsUpdates = alwaysTellsUpdates(kind) } = channel;
  const id = randomUUID();
  const { target, secret, key } = prepareChannel(channel);
  const isNew = await db.transaction(async (tx) => {
    const isInserted = await insertChannel(tx, {
      id,
      kind,
      name,
      target,
      sealedSecret: secret === null ? null : sealSecret(secret, id),
      afterMinutes,
      quietHours,
      tellsUpdates,
    });
    if (isInserted) {
      await recordAudit(tx, { ...by, action: "channel.created", target: name, detail: { kind } });
    }
    return isInserted;
  });
  return isNew ? { id, key } : null;
}

/**
 * Sends alerts to this device until its session ends or push is turned off there. The first device creates the push
 * channel, which an admin can delay or switch off.
 * @returns the id for turning it off
 */
export async function subscribeDevice(
  db: Database,
  subscription: PushSubscriptionKeys,
  sessionId: string,
  by: By,
): Promise<string> {
  const id = hashToUuid("push", subscription.endpoint);
  await savePushSubscription(db, {
    id,
    sessionId,
    sealedSubscription: sealSecret(JSON.stringify(subscription), id),
  });
  await createChannel(
    db,
    { kind: "push", name: "Phones and browsers", afterMinutes: 0, quietHours: null },
    by,
  );
  return id;
}
