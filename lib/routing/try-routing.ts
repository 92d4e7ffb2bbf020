import "server-only";
import type { Database } from "@/db/client";
import { readRouted } from "@/db/queries/routing/read-routed";
import { readRouting } from "@/db/queries/routing/read-routing";
import { env } from "@/lib/env";
import { chooseAnswer, type Decision } from "@/lib/routing/choose-answer";
import type { DryRun } from "@/lib/routing/dry-run";
import { readRequest } from "@/lib/routing/read-request";
import { toInstant } from "@/lib/routing/to-instant";

export type Tried = Decision & {
  /** The moment that was meant, ISO, UTC. */
  at: string;
};

/** Who would take a call, by the rules as they are saved, through the very code that answers real ones. */
export async function tryRouting(db: Database, run: DryRun): Promise<Tried> {
  const [routing, conversation] = await Promise.all([
    readRouting(db),
    run.conversationUuid === "" ? null : readRouted(db, run.conversationUuid.toLowerCase()),
  ]);
  const now = toInstant(run.local, run.zone);
  const decision = chooseAnswer({
    request: readRequest({
      customer: { number: run.caller },
      phoneNumber: { number: run.called },
    }),
    routing,
    ownAnswer: conversation?.answer,
    context: conversation?.context ?? {},
    now,
    fallbackAssistantId: env.FALLBACK_ASSISTANT_ID,
  });
  return { ...decision, at: now.toISOString() };
}
