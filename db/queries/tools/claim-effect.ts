import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toolEffects } from "@/db/schema/tool-effects";

/** Which tool call of which call; `asked`: what it asks (lib/tools/asked-key.ts). */
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
