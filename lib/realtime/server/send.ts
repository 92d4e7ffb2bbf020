import "server-only";
import { createBatchQueue } from "@/lib/batch-queue";
import { env } from "@/lib/env";
import { logRepeated } from "@/lib/log-repeated";
import { maskPush } from "@/lib/realtime/mask-push";
import { boardChannel, type CallPush, maskedChannel, withGeneration } from "@/lib/realtime/push";
import { publishingGeneration } from "@/lib/realtime/server/generation";
import { readOccupancy } from "@/lib/realtime/server/occupancy";
import {
  type Addressed,
  coalesce,
  type PackedEvent,
  packPushes,
  slotOf,
  toReminder,
} from "@/lib/realtime/server/pack";
import { countPublished, getPusherClient, published } from "@/lib/realtime/server/pusher-client";

/** Pusher's limit, in events. */
const batchSize = 10;

const queue = createBatchQueue<Addressed>({
  keyOf: slotOf,
  join: (earlier, later) => ({ ...later, push: coalesce(earlier.push, later.push) }),
  windowMs: 25,
  isFirstAtOnce: "overlapping",
  flush: sendGathered,
  onFailure: warnOfFailure,
});

const nothing = Promise.resolve();

/** After this many, the board's own reminder is enough: it fetches everything. */
const mostOwed = 500;
const retryAfterMs = 2_000;

/**
 * Reminders to fetch what could not be sent, by slot, sent a moment later: a page that stayed connected would show it
 * never, or only with the call's next event.
 */
const owed = new Map<string, Addressed>();
let isRetrying = false;

function owe(pushes: readonly Addressed[]): void {
  for (const { channel, push } of pushes) {
    const reminder = { channel, push: toReminder(push) };
    if (owed.size < mostOwed) owed.set(slotOf(reminder), reminder);
  }
  if (isRetrying) return;
  isRetrying = true;
  setTimeout(() => {
    isRetrying = false;
    void sendPushes([...owed.values()]);
  }, retryAfterMs).unref();
}

/**
 * Sends pushes to whoever listens, masked to those who may not see numbers and names. What happens within 25 ms of the first
 * travels together, and what nobody listens to does not travel. Resolves when it was sent, or could not be: Pusher
 * being down costs a log line and a count, for browsers notice and poll; those that did not notice are reminded after.
 */
export function sendPushes(pushes: readonly Addressed[]): Promise<void> {
  const isForBoard = pushes.some(({ channel }) => channel === boardChannel);
  let sent = nothing;
  for (const addressed of isForBoard ? [...takeRows(), ...pushes] : pushes) sent = queue.add(addressed);
  return sent;
}

/**
 * How long rows of the board are gathered, for one message to carry them all: three calls share one every two seconds for what a
 * call alone costs with one every five. Its state, its alerts and its end do not wait.
 */
const rowWindowMs = { few: 5_000, many: 2_000 };
const manyRows = 3;
const lookAtRowsMs = 250;

/** By slot. */
const rows = new Map<string, Addressed>();
let rowsSince = 0;
let sendingRows: Promise<void> | null = null;

/**
 * Keeps a call's row on the board current: it is sent with whatever next goes to the board, at the latest after the window. For what
 * changes with every sentence; whoever must see it sooner has the call open.
 */
export function sendRow(push: CallPush): Promise<void> {
  const row = { channel: boardChannel, push };
  const slot = slotOf(row);
  if (rows.size === 0) rowsSince = performance.now();
  rows.set(slot, { ...row, push: coalesce(rows.get(slot)?.push ?? push, push) });
  sendingRows ??= sendRowsInTime();
  // A serverless function is frozen once nothing is awaited; elsewhere no wait is needed.
  return env.VERCEL ? sendingRows : nothing;
}

/** They may already have been sent with something else; newer ones have a window of their own. */
async function sendRowsInTime(): Promise<void> {
  while (rows.size > 0 && rowsDueInMs() > 0) {
    const waitMs = Math.min(rowsDueInMs(), lookAtRowsMs);
    await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
  }
  sendingRows = null;
  await sendPushes(takeRows());
}

function rowsDueInMs(): number {
  return rowsSince + (rows.size < manyRows ? rowWindowMs.few : rowWindowMs.many) - performance.now();
}

function takeRows(): Addressed[] {
  const taken = [...rows.values()];
  rows.clear();
  return taken;
}

async function sendGathered(gathered: Addressed[]): Promise<void> {
  const [isHeard, generation] = await Promise.all([readOccupancy(), publishingGeneration()]);
  if (generation === null) return countPublished("failed", gathered.length);
  const heard = gathered.flatMap(({ channel, push, callerName = null }): Addressed[] => {
    const name = withGeneration(channel, generation);
    const maskedName = withGeneration(maskedChannel(channel), generation);
    const masked = isHeard(maskedName) ? maskPush(push, callerName) : null;
    return [
      ...(isHeard(name) ? [{ channel: name, push }] : []),
      ...(masked ? [{ channel: maskedName, push: masked }] : []),
    ];
  });
  const events = packPushes(heard);
  const batches = Array.from({ length: Math.ceil(events.length / batchSize) }, (_, index) =>
    events.slice(index * batchSize, (index + 1) * batchSize),
  );
  for (const each of gathered) if (each.push.kind === "stale") owed.delete(slotOf(each));
  const sent = await Promise.all(batches.map(send));
  if (sent.includes(false)) owe(gathered);
}

/** Whether Pusher has taken it. */
async function send(batch: PackedEvent[]): Promise<boolean> {
  try {
    await (await getPusherClient()).triggerBatch(batch);
    countPublished("sent", batch.length);
    return true;
  } catch (cause) {
    countPublished("failed", batch.length);
    warnOfFailure(cause);
    return false;
  }
}

function warnOfFailure(cause: unknown): void {
  logRepeated("warn", "pushes are not being sent", { failed: published.failed, error: cause });
}
