import "server-only";
import { db } from "@/db/client";
import { type RoutedConversation, readRouted } from "@/db/queries/routing/read-routed";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import { chooseAnswer, type Decision } from "@/lib/routing/choose-answer";
import { knownRouting } from "@/lib/routing/known-routing";
import { readRequest } from "@/lib/routing/read-request";
import { DeadlineError, withDeadline } from "@/lib/with-deadline";

/** What a request may wait for the database, counted from its arrival. The caller hears ringing meanwhile. */
const budgetMs = 1_500;
/** For requests that have used it up before they got here, and for all while the database is known to be slow. */
const leastMs = 200;
const slowForMs = 5_000;

let slowUntil = 0;

export interface RequestToRoute {
  message: Record<string, unknown>;
  conversationId: string | null;
  receivedAt: Date;
}

/** Who takes a call, by the rules and the conversation's context, within the budget whatever the database does. Never rejects. */
export async function answerRequest({
  message,
  conversationId,
  receivedAt,
}: RequestToRoute): Promise<Decision> {
  const now = Date.now();
  const leftMs = Math.max(leastMs, budgetMs - (now - receivedAt.getTime()));
  const patienceMs = now < slowUntil ? leastMs : leftMs;
  const [routing, conversation] = await Promise.all([
    knownRouting(patienceMs),
    conversationId === null ? nobody : readInTime(conversationId, patienceMs),
  ]);
  return chooseAnswer({
    request: readRequest(message),
    routing,
    ownAnswer: conversation?.answer,
    context: conversation?.context ?? null,
    now: receivedAt,
    fallbackAssistantId: env.FALLBACK_ASSISTANT_ID,
  });
}

const nobody: RoutedConversation = { context: {}, answer: null };

async function readInTime(id: string, patienceMs: number): Promise<RoutedConversation | null> {
  try {
    return (await withDeadline(readRouted(db, id), patienceMs)) ?? nobody;
  } catch (cause) {
    if (cause instanceof DeadlineError) slowUntil = Date.now() + slowForMs;
    log("warn", "a call is routed without its conversation", describeError(cause));
    return null;
  }
}
