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
  flush: flushQueue,
  onFailure: warnOfFailure,
});

const nothing = Promise.resolve();

/** Beyond this many, the board's own reminder is enough: it makes pages refetch everything. */
const maxReminders = 500;
const retryAfterMs = 2_000;

/**
 * Reminders to refetch what could not be sent, by slot, sent a moment later: a page that stayed connected would
 * otherwise show it never, or only with the call's next event.
 */
const reminders = new Map<string, Addressed>();
let isRetrying = false;

function queueReminders(pushes: readonly Addressed[]): void {
  for (const { channel, push } of pushes) {
    const reminder = { channel, push: toReminder(push) };
    if (reminders.size < maxReminders) reminders.set(slotOf(reminder), reminder);
  }
  if (isRetrying) return;
  isRetrying = true;
  setTimeout(() => {
    isRetrying = false;
    void sendPushes([...reminders.values()]);
  }, retryAfterMs).unref();
}

/**
 * Sends pushes to subscribers, masked for people who may not see numbers and names. Pushes within 25 ms of the first are
 * sent together, and channels without subscribers are skipped. Resolves when they are sent or could not be: a Pusher outage
 * costs a log line and a count, because browsers notice and poll; those that do not are reminded afterwards.
 */
export function sendPushes(pushes: readonly Addressed[]): Promise<void> {
  const isForBoard = pushes.some(({ channel }) => channel === boardChannel);
  let sent = nothing;
  for (const addressed of isForBoard ? [...takeRows(), ...pushes] : pushes) sent = queue.add(addressed);
  return sent;
}

/**
 * How long rows of the board are collected into one message: three calls that share one every 2 s cost about as much
 * per call as a single call with one every 5 s. A call's state, its alerts and its end do not wait.
 */
const rowWindowMs = { few: 5_000, many: 2_000 };
const manyRows = 3;
const recheckRowsMs = 250;

/** By slot. */
const rows = new Map<string, Addressed>();
let rowsSince = 0;
let sendingRows: Promise<void> | null = null;

/**
 * Updates a call's row on the board: sent with the next push to the board, at the latest after the window. For changes
 * that come with every sentence; people who need them sooner have the call open.
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

/** The rows may already have been sent with another push; newer ones have a window of their own. */
async function sendRowsInTime(): Promise<void> {
  while (rows.size > 0 && rowsDueInMs() > 0) {
    const waitMs = Math.min(rowsDueInMs(), recheckRowsMs);
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

async function flushQueue(queued: Addressed[]): Promise<void> {
  const [hasSubscribers, generation] = await Promise.all([readOccupancy(), publishingGeneration()]);
  if (generation === null) return countPublished("failed", queued.length);
  const addressed = queued.flatMap(({ channel, push, callerNames }): Addressed[] => {
    const name = withGeneration(channel, generation);
    const maskedName = withGeneration(maskedChannel(channel), generation);
    const masked = hasSubscribers(maskedName) ? maskPush(push, callerNames) : null;
    return [
      ...(hasSubscribers(name) ? [{ channel: name, push }] : []),
      ...(masked ? [{ channel: maskedName, push: masked }] : []),
    ];
  });
  const events = packPushes(addressed);
  const batches = Array.from({ length: Math.ceil(events.length / batchSize) }, (_, index) =>
    events.slice(index * batchSize, (index + 1) * batchSize),
  );
  for (const each of queued) if (each.push.kind === "stale") reminders.delete(slotOf(each));
  const sent = await Promise.all(batches.map(send));
  if (sent.includes(false)) queueReminders(queued);
}

/** Whether Pusher accepted the batch. */
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
