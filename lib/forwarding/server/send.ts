import "server-only";
import type { FeedItem } from "@/db/queries/forwarding/feed";
import type { Attempt } from "@/db/queries/forwarding/give-up";
import type { Chain } from "@/db/queries/forwarding/held";
import type { Outcome, Remaining } from "@/db/queries/forwarding/settle";
import type { TargetRow } from "@/db/schema/forwarding";
import { breakerFailures, breakMs, callPauseMs } from "@/lib/forwarding/retry";
import { describePostFailure, PostFailed, postSigned } from "@/lib/http/server/post-outside";
import { log } from "@/lib/log";
import { openSecret } from "@/lib/secrets";

export type Clock = () => Date;

/** Whether the breaker has tripped, so that a single item tests whether the target is up again. */
export const isProbed = ({ failures }: TargetRow) => failures >= breakerFailures;

/** The signing keys, newest first; empty once BETTER_AUTH_SECRET has changed. */
export function openKeys(
  { id, sealedSecret, sealedOldSecret, oldSecretUntil }: TargetRow,
  now: Date,
): string[] {
  const isOldInUse = oldSecretUntil !== null && oldSecretUntil > now;
  const key = openSecret(sealedSecret, id);
  const oldKey = isOldInUse && sealedOldSecret !== null ? openSecret(sealedOldSecret, id) : null;
  return [key, oldKey].filter((each) => each !== null);
}

/** Input and results of one round. */
export interface Sending {
  target: TargetRow;
  keys: readonly string[];
  bodies: ReadonlyMap<string, string>;
  clock: Clock;
  until: number;
  breaker: Outcome["breaker"];
  attempts: Attempt[];
}

/** Sends a chain's items in order until one fails or the target counts as down. */
export async function sendChain(sending: Sending, chain: Chain): Promise<Remaining> {
  let { attempts, failingSince } = chain;
  for (const [index, item] of chain.items.entries()) {
    const left = chain.items.slice(index);
    if (isStopped(sending))
      return { ...chain, items: left, attempts, failingSince, nextAttemptAt: sending.clock() };
    const attempt = await attemptItem(sending, item, attempts + 1);
    sending.attempts.push(attempt);
    updateBreaker(sending, attempt);
    if (attempt.outcome === "failed") {
      const nextAttemptAt = new Date(attempt.attemptedAt.getTime() + callPauseMs(attempts + 1));
      failingSince ??= attempt.attemptedAt;
      return { ...chain, items: left, attempts: attempts + 1, failingSince, nextAttemptAt };
    }
    [attempts, failingSince] = [0, null];
  }
  return { ...chain, items: [], attempts, failingSince, nextAttemptAt: sending.clock() };
}

/** A successful probe also ends its round, because everything held then becomes due. */
function isStopped({ target, until, breaker, attempts }: Sending): boolean {
  if (isProbed(target)) return attempts.length > 0;
  return breaker.failures >= breakerFailures || performance.now() > until;
}

function updateBreaker(sending: Sending, { outcome, attemptedAt }: Attempt): void {
  const { failures, failingSince } = sending.breaker;
  if (outcome === "delivered") sending.breaker = { failures: 0, failingSince: null, openUntil: null };
  if (outcome !== "failed") return;
  const pauseMs = breakMs(failures + 1);
  if (failures + 1 === breakerFailures) {
    log("warn", "a forwarding target is considered down", {
      id: sending.target.id,
      failures: breakerFailures,
    });
  }
  sending.breaker = {
    failures: failures + 1,
    failingSince: failingSince ?? attemptedAt,
    openUntil: pauseMs === 0 ? null : new Date(attemptedAt.getTime() + pauseMs),
  };
}

async function attemptItem(
  { target, keys, bodies, clock }: Sending,
  item: FeedItem,
  attempt: number,
): Promise<Attempt> {
  const made = { item, attempt, attemptedAt: clock() };
  const body = bodies.get(item.key);
  if (body === undefined) {
    const error = "It has been deleted.";
    return { ...made, attempt: 0, outcome: "skipped", status: null, tookMs: null, error };
  }
  return { ...made, ...(await post(target, item.key, body, keys)) };
}

/** Posts once. Signs with the current time, because receivers reject a signature that is minutes old. */
export async function post({ url }: TargetRow, key: string, body: string, keys: readonly string[]) {
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  try {
    const status = await postSigned(url, { id: key, at: new Date(), body, keys });
    return { outcome: "delivered" as const, status, tookMs: took(), error: null };
  } catch (cause) {
    const error = describePostFailure(cause);
    const status = cause instanceof PostFailed ? cause.status : null;
    return { outcome: "failed" as const, status, tookMs: took(), error };
  }
}
