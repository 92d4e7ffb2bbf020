import "server-only";
import { db } from "@/db/client";
import { isUnreachable } from "@/db/faults";
import { type RoutedRow, recordRouted } from "@/db/queries/routed";
import { type RoutedConversation, readRouted, readRouting } from "@/db/queries/routing";
import { DeadlineError, withDeadline } from "@/lib/async";
import { env } from "@/lib/env";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";
import { chooseAnswer, type Decision } from "@/lib/routing/choose-answer";
import { readRequest } from "@/lib/routing/request";
import type { VersionedRouting } from "@/lib/routing/routing";

/** Versions are not compared: a database restored from a backup has an earlier version, which is then the valid one. */
const rules = remembered<VersionedRouting, null>({
  load: () => readRouting(db),
  freshMs: 5_000,
  timeoutMs: 10_000,
  fallback: () => null,
  onFailure: (cause) =>
    logRepeated("warn", "the routing rules could not be read: the last known ones are used", {
      error: cause,
    }),
});

/** Call after a change: the next request waits for the current rules. Other processes follow within seconds. */
export function forgetRouting(): void {
  rules.forget();
}

/** Time a request may wait for the database, counted from its arrival, while the caller hears ringing. */
const budgetMs = 1_500;
/** For requests that arrive here with the budget used up, and for all requests while the database is slow. */
const leastMs = 200;
const slowForMs = 5_000;

let slowUntil = 0;

interface RequestToRoute {
  message: Record<string, unknown>;
  conversationId: string | null;
  receivedAt: Date;
}

/** Decides who takes a call, by rules and context, within the budget even if the database is slow. Never rejects. */
export async function answerRequest({
  message,
  conversationId,
  receivedAt,
}: RequestToRoute): Promise<Decision> {
  const now = Date.now();
  const leftMs = Math.max(leastMs, budgetMs - (now - receivedAt.getTime()));
  const timeoutMs = now < slowUntil ? leastMs : leftMs;
  const [routing, conversation] = await Promise.all([
    // If the database does not respond, the last known rules; null if none are known.
    rules.get(timeoutMs),
    conversationId === null ? emptyConversation : readInTime(conversationId, timeoutMs),
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

/** Both are batched: on a slow database, requests that arrive together would otherwise take every connection of the pool. */
const readTogether = createKeyedBatcher({
  work: (ids: string[]) => readRouted(db, ids),
  // Nothing about one conversation can fail the read of another.
  isOfOneItem: () => false,
});
const saveTogether = createKeyedBatcher({
  work: async (rows: RoutedRow[]) => {
    await recordRouted(db, rows);
    return rows;
  },
  isOfOneItem: (cause) => !isUnreachable(cause),
});

const emptyConversation: RoutedConversation = { context: {}, answer: null };

async function readInTime(id: string, timeoutMs: number): Promise<RoutedConversation | null> {
  try {
    return (await withDeadline(readTogether(id), timeoutMs)) ?? emptyConversation;
  } catch (cause) {
    if (cause instanceof DeadlineError) slowUntil = Date.now() + slowForMs;
    logRepeated("warn", "a call is routed without its conversation", { error: cause });
    return null;
  }
}

/** Records how long a request took, once its response is sent. Never rejects: a lost time only affects statistics. */
export async function saveRouted(row: RoutedRow): Promise<void> {
  try {
    await saveTogether(row);
  } catch (cause) {
    logRepeated("warn", "a call's routing time was not saved", { error: cause });
  }
}

export interface Decided {
  decision: Decision;
  /** Epoch ms. */
  at: number;
}

/** Returns the statistics of a request: how long it took and who answered, without the caller. */
export function toRouted(
  { callId, receivedAt }: { callId: string | null; receivedAt: Date },
  { decision, at }: Decided,
  answeredAt: number,
): RoutedRow {
  const since = (then: number) => Math.max(0, then - receivedAt.getTime());
  return {
    callId,
    arrivedAt: receivedAt,
    decidedMs: since(at),
    answeredMs: since(answeredAt),
    source: decision.source,
    ruleId: decision.rule?.id ?? null,
    ruleName: decision.rule?.name ?? null,
  };
}
