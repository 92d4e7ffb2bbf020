import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toolEffects } from "@/db/schema/tools";

/** Which tool call of which call; `asked`: what it asks (lib/tools/server/asked-key.ts). */
export interface EffectKey {
  callId: string;
  toolCallId: string;
  asked: string;
}

/**
 * Claims a tool call's effect. Of all who ask for it, in any process and at any time, one is told true: it alone may
 * bring it about.
 * @param expiresInMs when it will have stopped trying at the latest
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
  /** Settled, and what came of it was deleted since, as an admin has set. */
  | { state: "forgotten" }
  | { state: "running" }
  /** Whoever claimed it has died on the way: before the effect, or after it. */
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

/** Writes down what came of a claimed effect; what is written stays. */
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

/** Gives a claim back that nothing was done with. */
export async function releaseEffect(db: Pick<Database, "delete">, effect: EffectKey): Promise<void> {
  await db.delete(toolEffects).where(isEffect(effect));
}
