import "server-only";
import type { Database } from "@/db/client";
import { getCallMoment } from "@/db/queries/events/get-call-moment";
import { updateAlerts } from "@/lib/alerts/server/derive";
import { announce } from "@/lib/alerts/server/notice";
import { replayEvent } from "@/lib/events/replay-event";
import type { Replayed } from "@/lib/events/replayed";
import { describeError, log } from "@/lib/log";
import { boardChannel, callChannel } from "@/lib/realtime/channels";
import { sendPushes } from "@/lib/realtime/send-pushes";

export interface ReplayedEvents {
  results: Replayed[];
  read: number;
  /** Tells whoever watches, and looks at the alerts anew. Never rejects. */
  later: Promise<void>;
}

/** One request reads no more, and takes up no more after so long. */
export const mostAtOnce = 50;
const mostMs = 2_000;

/**
 * Reads events of the log once more, one after the other; those that are gone meanwhile are left out. Stops early when it has
 * taken long: `read` says how many of the keys it came to.
 */
export async function replayEvents(db: Database, keys: readonly string[]): Promise<ReplayedEvents> {
  const deadline = Date.now() + mostMs;
  const results: Replayed[] = [];
  const callIds = new Set<string>();
  let read = 0;
  for (const key of keys.slice(0, mostAtOnce)) {
    if (read > 0 && Date.now() > deadline) break;
    read += 1;
    const done = await replayEvent(db, key);
    if (done) results.push(done.replayed);
    if (done?.callId) callIds.add(done.callId);
  }
  return { results, read, later: tell(db, [...callIds]) };
}

async function tell(db: Database, callIds: readonly string[]): Promise<void> {
  const pushes = callIds.flatMap((callId) =>
    [callChannel(callId), boardChannel].map((channel) => ({
      channel,
      push: { kind: "stale" as const, callId },
    })),
  );
  await Promise.all([sendPushes(pushes), ...callIds.map((callId) => lookAtAlerts(db, callId))]);
}

/** As of the call's own clock: what is long past must not look like silence. What is new is told of once, as ever. */
async function lookAtAlerts(db: Database, callId: string): Promise<void> {
  try {
    const at = await getCallMoment(db, callId);
    if (at) await announce(await updateAlerts(db, [{ callId, now: at }]));
  } catch (cause) {
    log("error", "alerts were not looked at after a replay", { callId, ...describeError(cause) });
  }
}
