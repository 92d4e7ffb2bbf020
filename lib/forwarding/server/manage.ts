import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { countSpan } from "@/db/queries/forwarding/feed";
import { insertDelivery } from "@/db/queries/forwarding/log";
import {
  findTarget,
  insertReplay,
  insertTarget,
  removeTarget,
  retryTarget,
  updateTarget,
} from "@/db/queries/forwarding/targets";
import type { By } from "@/lib/audit/audit";
import { oldSecretMs } from "@/lib/forwarding/retry";
import { forgetTargets } from "@/lib/forwarding/server/forward";
import { openKeys, post } from "@/lib/forwarding/server/send";
import type { NewTarget, ReplaySpan, TargetChange } from "@/lib/forwarding/target";
import { makeSigningKey } from "@/lib/http/server/post-outside";
import { sealSecret } from "@/lib/secrets";

/** Creates a target. Returns the key its requests are signed with, which is shown only once. */
export async function createTarget(
  db: Database,
  target: NewTarget,
  by: By,
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  const key = makeSigningKey();
  await db.transaction(async (tx) => {
    await insertTarget(tx, { ...target, id, sealedSecret: sealSecret(key, id) });
    const detail = { url: target.url, masked: target.isMasked ? "yes" : "no", body: target.body };
    await recordAudit(tx, { ...by, action: "forwarding-target.created", target: target.name, detail });
  });
  forgetTargets();
  return { id, key };
}

type ChangedTarget =
  | { outcome: "not-found" }
  /** The body would be mapped, but there is no mapping. */
  | { outcome: "no-mapping" }
  /** `key`: the new one after a rotation, shown only once. */
  | { outcome: "changed"; key: string | null };

/** Changes the given fields. A target that was switched on, or has another URL, is tried at once. */
export async function changeTarget(
  db: Database,
  id: string,
  { rotates, ...named }: TargetChange,
  by: By,
): Promise<ChangedTarget> {
  const columns = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  const changed = await db.transaction(async (tx): Promise<ChangedTarget> => {
    const before = await findTarget(tx, id, true);
    if (!before) return { outcome: "not-found" };
    const { body, mapping } = { ...before, ...columns };
    if (body === "mapped" && mapping === null) return { outcome: "no-mapping" };
    const key = rotates ? makeSigningKey() : null;
    const secrets = key !== null && {
      sealedSecret: sealSecret(key, id),
      sealedOldSecret: before.sealedSecret,
      oldSecretUntil: new Date(Date.now() + oldSecretMs),
    };
    const written = { ...columns, ...secrets };
    if (Object.keys(written).length > 0) await updateTarget(tx, id, written);
    if (named.isEnabled || named.url !== undefined) await retryTarget(tx, id);
    const about = { ...by, target: before.name };
    if (Object.keys(columns).length > 0) {
      const detail = Object.fromEntries(
        Object.entries(columns).map(([name, value]) => [name, JSON.stringify(value)]),
      );
      await recordAudit(tx, { ...about, action: "forwarding-target.changed", detail });
    }
    if (key !== null) await recordAudit(tx, { ...about, action: "forwarding-target.rotated" });
    return { outcome: "changed", key };
  });
  forgetTargets();
  return changed;
}

/** Deletes a target with its waiting items and its log; false when there is none of this id. */
export async function deleteTarget(db: Database, id: string, by: By): Promise<boolean> {
  const isDeleted = await db.transaction(async (tx) => {
    const target = await removeTarget(tx, id);
    if (target !== null) await recordAudit(tx, { ...by, action: "forwarding-target.deleted", target });
    return target !== null;
  });
  forgetTargets();
  return isDeleted;
}

/** Sends one test and logs the result. Null when there is no such target. */
export async function testTarget(db: Database, id: string) {
  const target = await findTarget(db, id);
  if (!target) return null;
  const at = new Date();
  const keys = openKeys(target, at);
  const key = randomUUID();
  const body = JSON.stringify({
    type: "test",
    timestamp: at.toISOString(),
    callId: null,
    conversationId: null,
  });
  const error = "Its key cannot be read: BETTER_AUTH_SECRET has changed. Rotate the key.";
  const attempt =
    keys.length > 0
      ? await post(target, key, body, keys)
      : { outcome: "failed" as const, status: null, tookMs: null, error };
  await insertDelivery(db, { ...attempt, targetId: id, key, type: "test", attemptedAt: at, attempt: 1 });
  return attempt;
}

/**
 * Counts a target's items in a time span and, once confirmed, sends them again with their original ids. Null when there
 * is no such target.
 */
export async function replaySpan(
  db: Database,
  id: string,
  { from, to, isConfirmed }: ReplaySpan,
  by: By,
): Promise<{ items: number; isStarted: boolean } | null> {
  const target = await findTarget(db, id);
  if (!target) return null;
  const span = { from: new Date(from), to: new Date(to) };
  const items = await countSpan(db, target, span);
  const isStarted = isConfirmed && items > 0;
  if (!isStarted) return { items, isStarted };
  await db.transaction(async (tx) => {
    await insertReplay(tx, id, span);
    const detail = { from, to, items: String(items) };
    await recordAudit(tx, { ...by, action: "forwarding-target.replayed", target: target.name, detail });
  });
  return { items, isStarted };
}
