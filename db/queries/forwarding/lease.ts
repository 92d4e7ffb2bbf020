import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isBehind } from "@/db/queries/forwarding/feed";
import { fromRecord } from "@/db/rows";
import { forwardingHeld, forwardingReplays, forwardingTargets, type TargetRow } from "@/db/schema/forwarding";
import { breakerFailures } from "@/lib/forwarding/retry";

/** Longer than a round, whose last send starts well before this (lib/forwarding/server/forward.ts). */
export const leaseMs = 60_000;

/** Leases every target with something to send to this process. */
export async function claimTargets(db: Pick<Database, "execute">, now: Date): Promise<TargetRow[]> {
  const at = now.toISOString();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  const rows = await db.execute<{ row: Record<string, unknown> }>(sql`
    with due as (
      select t.id from ${forwardingTargets} t
      where t.is_enabled and (t.lease_until is null or t.lease_until <= ${at}::timestamptz)
        and (t.open_until is null or t.open_until <= ${at}::timestamptz)
        and (
          exists (select from ${forwardingHeld} h where h.target_id = t.id
            and (h.next_attempt_at <= ${at}::timestamptz or t.failures >= ${breakerFailures}))
          or ${isBehind}
          or exists (select from ${forwardingReplays} r where r.target_id = t.id and r.done_at is null)
        )
      order by t.id for update skip locked
    )
    update ${forwardingTargets} t set lease_id = gen_random_uuid(), lease_until = ${until}::timestamptz
    from due where t.id = due.id returning to_jsonb(t) as row
  `);
  return rows.map(({ row }) => fromRecord(forwardingTargets, row));
}

/** Releases a target, unless another process has leased it since. */
export async function releaseTarget(db: Pick<Database, "update">, { id, leaseId }: TargetRow): Promise<void> {
  if (leaseId === null) return;
  await db
    .update(forwardingTargets)
    .set({ leaseId: null, leaseUntil: null })
    .where(and(eq(forwardingTargets.id, id), eq(forwardingTargets.leaseId, leaseId)));
}
