import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { EffectKey } from "@/db/queries/tools/claim-effect";
import { toolEffects } from "@/db/schema/tool-effects";

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
