import "server-only";
import { and, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import type { AlertRules } from "@/lib/alerts/rules";
import { staleAfterMs } from "@/lib/calls/call";

/**
 * The calls that have an open alert at `now`, or may have: a hang nobody has answered, silence that has lasted, an alert that
 * was noticed and not closed yet, a hang that was never noticed. A superset, by columns alone.
 */
export async function findCallsToJudge(db: Database, rules: AlertRules, now: Date): Promise<string[]> {
  const open = db.select({ id: alerts.callId }).from(alerts).where(isNull(alerts.closedAt));
  const unnoticed = db
    .select({ id: calls.id })
    .from(calls)
    .where(and(gt(calls.hangs, 0), isNull(calls.alertedAt)));
  const live = db
    .select({ id: calls.id })
    .from(calls)
    .where(
      and(
        sql`${calls.status} in ('queued', 'ringing', 'in-progress', 'forwarding')`,
        or(isHanging, isSilent(rules, now)),
      ),
    );
  const found = await open.union(unnoticed).union(live);
  return found.map(({ id }) => id);
}

const isHanging = sql`${calls.hangAt} > coalesce(${calls.assistantSpokeAt}, '-infinity')`;

function isSilent({ noAnswerSeconds, silenceSeconds }: AlertRules, now: Date): SQL | undefined {
  const shortest = Math.min(
    noAnswerSeconds ?? Number.POSITIVE_INFINITY,
    silenceSeconds ?? Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(shortest)) return undefined;
  const heardAt = sql`greatest(${calls.userStartedAt}, ${calls.userStoppedAt}, ${calls.userFinalAt},
    ${calls.assistantStartedAt}, ${calls.assistantStoppedAt}, ${calls.assistantSpokeAt}, ${calls.startedAt})`;
  return and(
    eq(calls.status, "in-progress"),
    gt(calls.lastEventAt, new Date(now.getTime() - staleAfterMs)),
    lt(heardAt, sql.param(new Date(now.getTime() - shortest * 1000), calls.startedAt)),
  );
}
