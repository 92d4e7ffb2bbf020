import "server-only";
import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { toolEffects } from "@/db/schema/tools";

/** Identifies a tool call; `asked`: its tool and arguments (lib/tools/server/asked-key.ts). */
export interface EffectKey {
  callId: string;
  toolCallId: string;
  asked: string;
}

/**
 * Claims a tool call's effect. Of all callers in any process, one gets true and may run it.
 * @param expiresInMs after this long, the caller has certainly stopped trying
 */
export async function claimEffect(
  db: Pick<Database, "insert">,
  effect: EffectKey & { tool: string },
  expiresInMs: number,
): Promise<boolean> {
  const claimed = await db
    .insert(toolEffects)
    .values({
      ...effect,
      claimedAt: sql`now()`,
      expiresAt: sql`now() + make_interval(secs => ${expiresInMs / 1000})`,
    })
    .onConflictDoNothing()
    .returning({ toolCallId: toolEffects.toolCallId });
  return claimed.length > 0;
}

export type EffectState =
  | { state: "settled"; answer: { result: string } | { error: string } }
  /** Settled, but its result was deleted by retention. */
  | { state: "forgotten" }
  | { state: "running" }
  /** Its process died before or after the effect. */
  | { state: "lost" }
  | { state: "unclaimed" };

export async function readEffect(
  db: Pick<Database, "select">,
  { callId, toolCallId, asked }: EffectKey,
): Promise<EffectState> {
  const { settledAt, result, error, expiresAt } = toolEffects;
  const [row] = await db
    .select({ settledAt, result, error, isExpired: sql<boolean>`${expiresAt} < now()` })
    .from(toolEffects)
    .where(
      and(
        eq(toolEffects.callId, callId),
        eq(toolEffects.toolCallId, toolCallId),
        eq(toolEffects.asked, asked),
      ),
    );
  if (!row) return { state: "unclaimed" };
  if (row.result !== null) return { state: "settled", answer: { result: row.result } };
  if (row.error !== null) return { state: "settled", answer: { error: row.error } };
  if (row.settledAt) return { state: "forgotten" };
  return { state: row.isExpired ? "lost" : "running" };
}

const isEffect = ({ callId, toolCallId, asked }: EffectKey) =>
  and(
    eq(toolEffects.callId, callId),
    eq(toolEffects.toolCallId, toolCallId),
    eq(toolEffects.asked, asked),
    isNull(toolEffects.settledAt),
  );

/** Records the outcome of a claimed effect; an outcome never changes. */
export async function settleEffect(
  db: Pick<Database, "update">,
  effect: EffectKey,
  outcome: { result: string } | { error: string },
): Promise<void> {
  await db
    .update(toolEffects)
    .set({ settledAt: sql`now()`, ...outcome })
    .where(isEffect(effect));
}

/**
 * The condition for the effects of these calls, also of messages without a call id: those belong to the newest call that
 * their conversation had at the time.
 */
export function isEffectOf(ids: readonly string[]): SQL | undefined {
  const { callId, claimedAt } = toolEffects;
  const isTheirs = sql`c.id in ${[...ids]}`;
  return and(
    sql`${callId} in (
      select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
      union all select c.conversation_id::text from ${calls} c where ${isTheirs}
    )`,
    or(
      inArray(callId, [...ids]),
      sql`exists (
        select from ${calls} c where ${isTheirs} and c.conversation_id::text = ${callId} and not exists (
          select from ${calls} later where later.conversation_id = c.conversation_id
            and later.created_at > c.created_at and later.created_at <= ${claimedAt}
        )
      )`,
    ),
  );
}

/** Releases a claim that was not used. */
export async function releaseEffect(db: Pick<Database, "delete">, effect: EffectKey): Promise<void> {
  await db.delete(toolEffects).where(isEffect(effect));
}
