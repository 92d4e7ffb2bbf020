import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { oldestRecording } from "@/db/queries/forwarding/feed";
import {
  forwardingDeliveries,
  forwardingHeld,
  forwardingPending,
  forwardingReplays,
  forwardingTargets,
  type TargetRow,
} from "@/db/schema/forwarding";
import type { Target } from "@/lib/forwarding/target";
import { isReadable } from "@/lib/secrets";

/** A cursor before every item. */
const beginning = {
  cursorReceivedAt: new Date(0),
  cursorAt: new Date(0),
  cursorKey: "00000000-0000-0000-0000-000000000000",
};

/** Written out, because Drizzle drops the table's name when a select has only one table. */
const ownId = sql`${forwardingTargets}."id"`;

/** All targets, oldest first, without their secrets. */
export async function listTargets(db: Pick<Database, "select">): Promise<Target[]> {
  const rows = await db
    .select({
      row: forwardingTargets,
      pending: sql<number>`(
        select count(*)::int from ${forwardingPending} p where p.target_id = ${ownId}
      )`,
      lastDeliveredAt: sql<string | null>`(
        select max(d.attempted_at) from ${forwardingDeliveries} d where d.target_id = ${ownId} and d.outcome = 'delivered'
      )`,
      replay: sql<{ from: string; to: string; items: number } | null>`(
        select jsonb_build_object('from', r."from", 'to', r."to", 'items', r.items) from ${forwardingReplays} r
        where r.target_id = ${ownId} and r.done_at is null order by r.created_at desc limit 1
      )`,
    })
    .from(forwardingTargets)
    .orderBy(asc(forwardingTargets.createdAt), asc(forwardingTargets.id));
  return rows.map(({ row, pending, lastDeliveredAt, replay }) => ({
    id: row.id,
    name: row.name,
    url: row.url,
    types: row.types,
    sendsAlerts: row.sendsAlerts,
    assistants: row.assistants,
    body: row.body,
    mapping: row.mapping,
    isMasked: row.isMasked,
    isEnabled: row.isEnabled,
    isReadable: isReadable(row.sealedSecret, row.id),
    pending,
    failures: row.failures,
    failingSince: toIso(row.failingSince),
    openUntil: toIso(row.openUntil),
    lastDeliveredAt: toIso(lastDeliveredAt),
    replay: replay && { from: toIso(replay.from) ?? "", to: toIso(replay.to) ?? "", items: replay.items },
  }));
}

/** Whether there is an active target. */
export async function hasActiveTargets(db: Pick<Database, "select">): Promise<boolean> {
  const rows = await db
    .select({ id: forwardingTargets.id })
    .from(forwardingTargets)
    .where(eq(forwardingTargets.isEnabled, true))
    .limit(1);
  return rows.length > 0;
}

const toIso = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString());

/** A target with its secrets, or null. `locks` keeps its row locked until the transaction ends. */
export async function findTarget(
  db: Pick<Database, "select">,
  id: string,
  locks = false,
): Promise<TargetRow | null> {
  const query = db.select().from(forwardingTargets).where(eq(forwardingTargets.id, id));
  const [row] = await (locks ? query.for("update") : query);
  return row ?? null;
}

type Written = Pick<
  TargetRow,
  "name" | "url" | "types" | "sendsAlerts" | "assistants" | "body" | "mapping" | "isMasked"
>;

/** Creates a target. It receives what is recorded from now on. */
export async function insertTarget(
  tx: Pick<Database, "insert">,
  target: Written & Pick<TargetRow, "id" | "sealedSecret">,
): Promise<void> {
  await tx.insert(forwardingTargets).values({ ...target, ...beginning, cursorRecordedIn: oldestRecording });
}

/** Changes a target's columns. `retryTarget` restarts the day after which failing items are given up. */
export async function updateTarget(
  tx: Pick<Database, "update">,
  id: string,
  columns: Partial<
    Written & Pick<TargetRow, "isEnabled" | "sealedSecret" | "sealedOldSecret" | "oldSecretUntil">
  >,
): Promise<void> {
  await tx.update(forwardingTargets).set(columns).where(eq(forwardingTargets.id, id));
}

/** Makes everything waiting for a target due at once, because its problem may be fixed. */
export async function retryTarget(tx: Pick<Database, "update">, id: string): Promise<void> {
  await tx
    .update(forwardingTargets)
    .set({ failures: 0, failingSince: null, openUntil: null })
    .where(eq(forwardingTargets.id, id));
  await tx
    .update(forwardingHeld)
    .set({ failingSince: null, nextAttemptAt: new Date(0) })
    .where(eq(forwardingHeld.targetId, id));
}

/** Removes a target with its pending items and log. Returns its name, or null. */
export async function removeTarget(tx: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(forwardingTargets)
    .where(eq(forwardingTargets.id, id))
    .returning({ name: forwardingTargets.name });
  return gone?.name ?? null;
}

/** Queues a span to be sent again, after those queued before. */
export async function insertReplay(
  tx: Pick<Database, "insert">,
  targetId: string,
  span: { from: Date; to: Date },
): Promise<void> {
  await tx.insert(forwardingReplays).values({ targetId, ...span, ...beginning });
}

/** The oldest unfinished replay for a target, or null. */
export async function findReplay(db: Pick<Database, "select">, targetId: string) {
  const [row] = await db
    .select()
    .from(forwardingReplays)
    .where(and(eq(forwardingReplays.targetId, targetId), isNull(forwardingReplays.doneAt)))
    .orderBy(asc(forwardingReplays.createdAt), asc(forwardingReplays.id))
    .limit(1);
  return row ?? null;
}
