import "server-only";
import { createBatchQueue } from "@/lib/batch-queue";
import { log } from "@/lib/log";
import { maskPush } from "@/lib/realtime/mask-push";
import { maskedChannel, withGeneration } from "@/lib/realtime/push";
import { publishingGeneration } from "@/lib/realtime/server/generation";
import { readOccupancy } from "@/lib/realtime/server/occupancy";
import { type Addressed, coalesce, type PackedEvent, packPushes, slotOf } from "@/lib/realtime/server/pack";
import { countPublished, published, pusherClient } from "@/lib/realtime/server/pusher-client";

/** Pusher's limit, in events. */
const batchSize = 10;

const warnEveryMs = 60_000;

let warnedAt = 0;

const queue = createBatchQueue<Addressed>({
  keyOf: slotOf,
  join: (earlier, later) => ({ ...later, push: coalesce(earlier.push, later.push) }),
  windowMs: 25,
  flush: sendGathered,
  onFailure: warnOfFailure,
});

const nothing = Promise.resolve();

/**
 * Sends pushes to whoever listens, masked to those who may not see numbers and names. What happens within 25 ms
 * travels together, and what nobody listens to does not travel. Resolves when it was sent, or could not be: Pusher
 * being down costs a log line and a count, nothing else, for browsers notice and poll.
 */
export function sendPushes(pushes: readonly Addressed[]): Promise<void> {
  let sent = nothing;
  for (const addressed of pushes) sent = queue.add(addressed);
  return sent;
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
  await Promise.all(batches.map(send));
}

async function send(batch: PackedEvent[]): Promise<void> {
  try {
    await pusherClient.triggerBatch(batch);
    countPublished("sent", batch.length);
  } catch (cause) {
    countPublished("failed", batch.length);
    warnOfFailure(cause);
  }
}

/** While Pusher is down every flush fails: one line a minute says so. */
function warnOfFailure(cause: unknown): void {
  if (Date.now() - warnedAt < warnEveryMs) return;
  warnedAt = Date.now();
  log("warn", "pushes are not being sent", { failed: published.failed, error: cause });
}
