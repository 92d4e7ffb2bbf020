import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { type Database, db as ownDatabase } from "@/db/client";
import { readFeed } from "@/db/queries/forwarding/feed";
import { giveFeedUp } from "@/db/queries/forwarding/give-up";
import { claimTargets, leaseMs, releaseTarget } from "@/db/queries/forwarding/lease";
import { settleRound } from "@/db/queries/forwarding/settle";
import { hasActiveTargets } from "@/db/queries/forwarding/targets";
import type { TargetRow } from "@/db/schema/forwarding";
import { isBusyAnswering } from "@/lib/answering";
import { mapAtMost } from "@/lib/async";
import { createBatchQueue } from "@/lib/batch-queue";
import { breakerFailures, giveUpAfterMs } from "@/lib/forwarding/retry";
import { readBodies } from "@/lib/forwarding/server/payload";
import { fits, type Round, readRound } from "@/lib/forwarding/server/round";
import { type Clock, isProbed, openKeys, type Sending, sendChain } from "@/lib/forwarding/server/send";
import { log } from "@/lib/log";
import { remembered } from "@/lib/remembered";

/** Items given up per statement. */
const rowsAtOnce = 500;
/** Calls sent to one target in parallel. */
const sendsAtOnce = 16;
/** Pause between rounds while the webhook needs the whole process, so that rounds take only a few percent of its time. */
const givesWayMs = 5_000;

/**
 * Forwards to each target from one process at a time, until nothing is left or `budgetMs` has passed, after which no
 * send starts; the budget is well within a lease. Safe to run concurrently and to kill: an item that was sent but not
 * settled is sent again with the same id.
 */
export async function forwardDue(
  db: Database,
  clock: Clock = () => new Date(),
  budgetMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + budgetMs;
  const targets = await claimTargets(db, clock());
  const pauseMs = givesWayMs * targets.length;
  await Promise.all(targets.map((target) => workOn(db, target, clock, { deadline, pauseMs })));
}

interface Pace {
  deadline: number;
  pauseMs: number;
}

async function workOn(
  db: Database,
  claimed: TargetRow,
  clock: Clock,
  { deadline, pauseMs }: Pace,
): Promise<void> {
  let target: TargetRow | null = claimed;
  try {
    const keys = openKeys(claimed, clock());
    if (keys.length === 0)
      return log("warn", "a forwarding target's secret cannot be read", { id: claimed.id });
    while (target && performance.now() < deadline && !isClosed(target, clock())) {
      const round = await readRound(db, target, clock());
      if (!round) return;
      target = await runRound(db, target, round, { keys, clock, until: deadline });
      if (isBusyAnswering()) await pause(Math.min(pauseMs, deadline - performance.now()));
    }
  } catch (cause) {
    log("error", "forwarding to a target failed", { id: claimed.id, error: cause });
    throw cause;
  } finally {
    await releaseTarget(db, claimed);
  }
}

const isClosed = ({ openUntil }: TargetRow, now: Date) => openUntil !== null && openUntil > now;

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
  const atOnce = isProbed(target) ? 1 : sendsAtOnce;
  const remaining = await mapAtMost(atOnce, chains, (chain) => sendChain(sending, chain));
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

/** Gives up everything older than a day for a target that was down that long, without trying each item. */
async function passOverOld(
  db: Database,
  settled: TargetRow,
  before: Date,
  now: Date,
): Promise<TargetRow | null> {
  let target: TargetRow | null = settled;
  while (target) {
    const rows = await readFeed(db, target, rowsAtOnce);
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

/** Whether any target is active, at most a few seconds stale. Without one, an event costs nothing more. */
const hasTargets = remembered({
  load: () => hasActiveTargets(ownDatabase),
  freshMs: 5_000,
  fallback: () => false,
  onFailure: (cause) => log("warn", "forwarding targets could not be read", { error: cause }),
});

/** Call it after a target was added or changed. */
export const forgetTargets = () => hasTargets.forget();

/** At most once a second per process; the tick picks up the rest. */
const wakes = createBatchQueue<"wake">({
  keyOf: (wake) => wake,
  windowMs: 1_000,
  flush: () => forwardDue(ownDatabase),
  onFailure: (cause) => log("error", "a forwarding round failed", { error: cause }),
});

/**
 * Forwards newly recorded items, along with everything recorded within a second. Resolves when done; immediately if
 * there is no target or a run is already scheduled. Never rejects.
 */
export async function forwardSoon(): Promise<void> {
  if (!wakes.has("wake") && (await hasTargets.get())) await wakes.add("wake");
}
