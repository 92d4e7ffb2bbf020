import "server-only";
import { type Database, db as ownDatabase } from "@/db/client";
import { type FeedItem, readFeed, readSpan } from "@/db/queries/forwarding/feed";
import {
  type Attempt,
  type Chain,
  findHeld,
  giveFeedUp,
  type Outcome,
  orderKeyOf,
  type Remaining,
  readHeld,
  settleRound,
} from "@/db/queries/forwarding/pending";
import {
  claimTargets,
  findReplay,
  hasActiveTargets,
  leaseMs,
  releaseTarget,
} from "@/db/queries/forwarding/targets";
import type { ReplayRow, TargetRow } from "@/db/schema/forwarding";
import { createBatchQueue } from "@/lib/batch-queue";
import { readBodies } from "@/lib/forwarding/server/payload";
import { breakerFailures, breakMs, callPauseMs, giveUpAfterMs } from "@/lib/forwarding/target";
import { describePostFailure, NotTaken, postSigned } from "@/lib/http/server/post-outside";
import { log } from "@/lib/log";
import { remembered } from "@/lib/remembered";
import { openSecret } from "@/lib/secrets";

/** How many items a round reads, sends and settles; how many rows it looks through for them. */
const most = { items: 100, rows: 500, chains: 30, itemsOfChain: 10 };
/** So many calls are sent to a target at once. */
const sendsAtOnce = 16;
type Clock = () => Date;

/**
 * Passes on what there is, to each target by one process at a time, and returns when there is nothing more, or when
 * no send may begin any more: after `budgetMs`, which is well within a lease.
 * Safe to run anywhere at once, and to be killed at any point: what was sent and not settled is sent again, under the same id.
 */
export async function forwardDue(
  db: Database,
  clock: Clock = () => new Date(),
  budgetMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + budgetMs;
  const targets = await claimTargets(db, clock());
  await Promise.all(targets.map((target) => workOn(db, target, clock, deadline)));
}

async function workOn(db: Database, claimed: TargetRow, clock: Clock, deadline: number): Promise<void> {
  let target: TargetRow | null = claimed;
  try {
    const keys = openKeys(claimed, clock());
    if (keys.length === 0)
      return log("warn", "a forwarding target's secret cannot be read", { id: claimed.id });
    while (target && performance.now() < deadline && !isClosed(target, clock())) {
      const round = await readRound(db, target, clock());
      if (!round) return;
      target = await runRound(db, target, round, { keys, clock, until: deadline });
    }
  } catch (cause) {
    log("error", "forwarding to a target failed", { id: claimed.id, error: cause });
    throw cause;
  } finally {
    await releaseTarget(db, claimed);
  }
}

const isClosed = ({ openUntil }: TargetRow, now: Date) => openUntil !== null && openUntil > now;

/** The keys that sign, the newest first; none where BETTER_AUTH_SECRET has changed. */
export function openKeys(
  { id, sealedSecret, sealedOldSecret, oldSecretUntil }: TargetRow,
  now: Date,
): string[] {
  const isOldInUse = oldSecretUntil !== null && oldSecretUntil > now;
  const key = openSecret(sealedSecret, id);
  const oldKey = isOldInUse && sealedOldSecret !== null ? openSecret(sealedOldSecret, id) : null;
  return [key, oldKey].filter((each) => each !== null);
}

interface Round {
  chains: Chain[];
  queued: FeedItem[];
  read: FeedItem | null;
  replay: Outcome["replay"];
}

/** Whether the breaker has closed a target: then one item is sent, to see whether it is up. */
const isProbed = ({ failures }: TargetRow) => failures >= breakerFailures;

/** What is to be sent next; null for nothing. */
async function readRound(db: Database, target: TargetRow, now: Date): Promise<Round | null> {
  if (isProbed(target)) return readProbe(db, target, now);
  const held = await readHeld(db, target.id, now, { chains: most.chains, items: most.itemsOfChain });
  const feed = takeFitting(target, await readFeed(db, target, most.rows), most.items);
  const span = await findReplay(db, target.id);
  const replayed = span && (await readReplay(db, target, span, most.items - feed.items.length));
  const fresh = [...feed.items, ...(replayed?.items ?? [])];
  if (held.length === 0 && feed.read === null && !replayed) return null;
  const waiting = await findHeld(db, target.id, [...new Set(fresh.map(orderKeyOf))]);
  return {
    chains: [...held, ...toChains(fresh.filter((item) => !waiting.has(orderKeyOf(item))))],
    queued: fresh.filter((item) => waiting.has(orderKeyOf(item))),
    read: feed.read,
    replay: replayed?.replay ?? null,
  };
}

/** One item of a target that was down: of a call whose time has come, else a new one, else any. */
async function readProbe(db: Database, target: TargetRow, now: Date): Promise<Round | null> {
  const one = { chains: 1, items: 1 };
  const [due] = await readHeld(db, target.id, now, one);
  if (due) return { chains: [due], queued: [], read: null, replay: null };
  const feed = takeFitting(target, await readFeed(db, target, most.rows), 1);
  const waiting = await findHeld(db, target.id, feed.items.map(orderKeyOf));
  const isQueued = (item: FeedItem) => waiting.has(orderKeyOf(item));
  if (feed.read) {
    const fresh = feed.items.filter((item) => !isQueued(item));
    return { chains: toChains(fresh), queued: feed.items.filter(isQueued), read: feed.read, replay: null };
  }
  const [any] = await readHeld(db, target.id, null, one);
  return any ? { chains: [any], queued: [], read: null, replay: null } : null;
}

/** The first items that a target takes, and how far that goes. */
function takeFitting(target: TargetRow, rows: readonly FeedItem[], limit: number) {
  const items: FeedItem[] = [];
  let read: FeedItem | null = null;
  for (const row of rows) {
    if (items.length === limit) break;
    if (fits(target, row)) items.push(row);
    read = row;
  }
  return { items, read };
}

function fits(
  { types, sendsAlerts, assistants }: TargetRow,
  { kind, type, assistantId, assistantName }: FeedItem,
) {
  if (kind === "alert" ? !sendsAlerts : types !== null && !types.includes(type)) return false;
  return assistants.length === 0 || assistants.some((each) => each === assistantId || each === assistantName);
}

async function readReplay(db: Database, target: TargetRow, span: ReplayRow, limit: number) {
  if (limit <= 0) return null;
  const rows = await readSpan(db, span, most.rows);
  const { items, read } = takeFitting(target, rows, limit);
  const isDone = rows.length < most.rows && (read === null || read === rows.at(-1));
  return { items, replay: { id: span.id, read, items: items.length, isDone } };
}

function toChains(items: readonly FeedItem[]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const item of items) {
    const orderKey = orderKeyOf(item);
    const chain = chains.get(orderKey);
    if (chain) chain.items.push(item);
    else chains.set(orderKey, { orderKey, items: [item], attempts: 0, failingSince: null, isHeld: false });
  }
  return [...chains.values()];
}

interface Sending {
  target: TargetRow;
  keys: readonly string[];
  bodies: ReadonlyMap<string, string>;
  clock: Clock;
  until: number;
  breaker: Outcome["breaker"];
  attempts: Attempt[];
}

async function runRound(
  db: Database,
  target: TargetRow,
  { chains, queued, read, replay }: Round,
  how: Pick<Sending, "keys" | "clock" | "until">,
): Promise<TargetRow | null> {
  const items = chains.flatMap((chain) => chain.items);
  const { failures, failingSince, openUntil } = target;
  const sending: Sending = {
    target,
    ...how,
    bodies: items.length > 0 ? await readBodies(db, target, items) : new Map(),
    breaker: { failures, failingSince, openUntil },
    attempts: [],
  };
  const remaining: Remaining[] = [];
  const waiting = chains.values();
  const send = async () => {
    for (const chain of waiting) remaining.push(await sendChain(sending, chain));
  };
  await Promise.all(Array.from({ length: isProbed(target) ? 1 : sendsAtOnce }, send));
  const now = how.clock();
  const before = new Date(now.getTime() - giveUpAfterMs);
  const { attempts, breaker } = sending;
  const isDown =
    breaker.failures >= breakerFailures && breaker.failingSince !== null && breaker.failingSince <= before;
  const isUpAgain = isProbed(target) && breaker.failures === 0;
  const giveUp = { before, isAll: isDown };
  const outcome = { attempts, chains: remaining, queued, read, replay, breaker, isUpAgain, giveUp };
  const settled = await settleRound(db, target, outcome, new Date(now.getTime() + leaseMs));
  return settled && isDown ? passOverOld(db, settled, before, now) : settled;
}

/** Sends a chain's items one after the other until one fails, or the target is taken to be down. */
async function sendChain(sending: Sending, chain: Chain): Promise<Remaining> {
  let { attempts, failingSince } = chain;
  for (const [index, item] of chain.items.entries()) {
    const left = chain.items.slice(index);
    if (isStopped(sending))
      return { ...chain, items: left, attempts, failingSince, nextAttemptAt: sending.clock() };
    const attempt = await attemptItem(sending, item, attempts + 1);
    sending.attempts.push(attempt);
    noteBreaker(sending, attempt);
    if (attempt.outcome === "failed") {
      const nextAttemptAt = new Date(attempt.attemptedAt.getTime() + callPauseMs(attempts + 1));
      failingSince ??= attempt.attemptedAt;
      return { ...chain, items: left, attempts: attempts + 1, failingSince, nextAttemptAt };
    }
    [attempts, failingSince] = [0, null];
  }
  return { ...chain, items: [], attempts, failingSince, nextAttemptAt: sending.clock() };
}

/** A probe that has come through ends its round as well: what waits is due from then on. */
function isStopped({ target, until, breaker, attempts }: Sending): boolean {
  if (isProbed(target)) return attempts.length > 0;
  return breaker.failures >= breakerFailures || performance.now() > until;
}

function noteBreaker(sending: Sending, { outcome, attemptedAt }: Attempt): void {
  const { failures, failingSince } = sending.breaker;
  if (outcome === "delivered") sending.breaker = { failures: 0, failingSince: null, openUntil: null };
  if (outcome !== "failed") return;
  const pauseMs = breakMs(failures + 1);
  if (failures + 1 === breakerFailures) {
    log("warn", "a forwarding target is taken to be down", {
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

/** Posts once. The signature's time is the clock's own: receivers refuse what is minutes old. */
export async function post({ url }: TargetRow, key: string, body: string, keys: readonly string[]) {
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  try {
    const status = await postSigned(url, { id: key, at: new Date(), body, keys });
    return { outcome: "delivered" as const, status, tookMs: took(), error: null };
  } catch (cause) {
    const error = describePostFailure(cause);
    const status = cause instanceof NotTaken ? cause.status : null;
    return { outcome: "failed" as const, status, tookMs: took(), error };
  }
}

/** What came before a target was down for a day is given up, so that it has not to be tried one by one. */
async function passOverOld(
  db: Database,
  settled: TargetRow,
  before: Date,
  now: Date,
): Promise<TargetRow | null> {
  let target: TargetRow | null = settled;
  while (target) {
    const rows = await readFeed(db, target, most.rows);
    const young = rows.findIndex(({ receivedAt }) => receivedAt > before);
    const old = young === -1 ? rows : rows.slice(0, young);
    const last = old.at(-1);
    if (!last) return target;
    const given = target;
    target = await giveFeedUp(
      db,
      given,
      old.filter((row) => fits(given, row)),
      last,
      now,
    );
  }
  return null;
}

/** Whether there is any target that is not paused, a few seconds old at most: where there is none, an event costs nothing more. */
const hasTargets = remembered({
  load: () => hasActiveTargets(ownDatabase),
  freshMs: 5_000,
  fallback: () => false,
  onFailure: (cause) => log("warn", "it is not known whether anything is to be passed on", { error: cause }),
});

/** For whoever has just made or changed a target. */
export const forgetTargets = () => hasTargets.forget();

/** At most once a second in a process; what is missed, the tick finds. */
const wakes = createBatchQueue<"wake">({
  keyOf: (wake) => wake,
  windowMs: 1_000,
  flush: () => forwardDue(ownDatabase),
  onFailure: (cause) => log("error", "nothing was passed on", { error: cause }),
});

/**
 * Passes on, soon, what has just been recorded. Null where nothing is to be waited for: there is no target, or another event has
 * asked already. Never rejects.
 */
export function forwardSoon(): Promise<void> | null {
  const known = hasTargets.peek();
  if (known === false || wakes.has("wake")) return null;
  return known ? wakes.add("wake") : hasTargets.get().then((has) => (has ? wakes.add("wake") : undefined));
}
