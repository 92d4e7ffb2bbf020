import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { EffectKey } from "@/db/queries/tools/claim-effect";
import { toolEffects } from "@/db/schema/tool-effects";

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
