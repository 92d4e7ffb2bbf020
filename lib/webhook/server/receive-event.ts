import "server-only";
import { db } from "@/db/client";
import { saveTimesTaken } from "@/db/queries/events/write";
import type { Delivery } from "@/db/queries/record/facts";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import type { Recorded } from "@/db/queries/record/record-events";
import { noticeAlerts } from "@/lib/alerts/server/notice";
import { recordFigures } from "@/lib/analytics/server/figures";
import { allDone, withDeadline } from "@/lib/async";
import { recordWrite } from "@/lib/health/server/health";
import { describeError, log } from "@/lib/log";
import { publish } from "@/lib/realtime/server/publish";
import { recordDocument } from "@/lib/reports/server/documents";
import type { Issue, ReadEvent, Reply } from "@/lib/webhook/server/define-event";
import { toDelivery } from "@/lib/webhook/server/delivery";
import type { Envelope } from "@/lib/webhook/server/envelope";
import { findEvent } from "@/lib/webhook/server/registry";

/** While many come, they are written down together. */
const windowMs = 100;

let waiting = new Map<string, number>();
let writing: Promise<void> | null = null;

/**
 * Notes how long the answer to an event took, once it is on its way and nobody waits any more: the statement that
 * records an event cannot know. One at a time is written at once, many in one statement. Never rejects: a time that
 * is lost is shown as not measured.
 */
export function recordTimeTaken(key: string, tookMs: number): Promise<void> {
  waiting.set(key, tookMs);
  writing ??= write();
  return writing;
}

async function write(): Promise<void> {
  while (waiting.size > 0) {
    const taken = waiting;
    waiting = new Map();
    await saveTimesTaken(db, taken).catch((cause: unknown) =>
      log("warn", "how long answers took was not noted", { events: taken.size, ...describeError(cause) }),
    );
    if (waiting.size > 1) await new Promise((resolve) => setTimeout(resolve, windowMs));
  }
  writing = null;
}

/**
 * Whoever is to hear of a recorded delivery does: pages that watch its call, people, should it need them, analytics, the archive.
 * Never throws at once: what goes wrong in the telling must not make an answer of a delivery that is kept a 503.
 */
export async function notifyAfterRecord(delivery: Delivery, recorded: Recorded): Promise<void> {
  await allDone([
    publish(delivery, recorded),
    noticeAlerts(delivery, recorded),
    recordFigures(recorded),
    recordDocument(recorded),
  ]);
}

export interface Received {
  /** The body of the 200 Vapi gets. */
  reply: Reply;
  /** What remains to be done once the answer is on its way. Never rejects. */
  later: Promise<void>;
}

/** A database slower than this is as good as down: Vapi gives up after 20 s, and an honest 503 may be resent. */
const recordTimeoutMs = 8_000;

/** An event recorded on nobody's time that could not be: retried this often, in ms. */
const retriesMs = [250, 1_000, 4_000];

/**
 * Takes one delivery. Where Vapi waits for an answer, the answer comes first and is recorded meanwhile; everything
 * else is recorded before it is acknowledged.
 *
 * @throws when an event that needs no answer could not be recorded: it must not be acknowledged.
 */
export async function receiveEvent(envelope: Envelope): Promise<Received> {
  const found = findEvent(envelope.type)?.read(envelope.message);
  const event = found && "event" in found ? found.event : null;
  if (event?.respond) {
    const reply = await event.respond(envelope);
    const delivery = read(envelope, event, null, reply);
    return { reply, later: allDone([recordLater(timed(delivery)), event.afterwards?.(envelope) ?? null]) };
  }
  const issues = found && "issues" in found ? found.issues : null;
  return recordFirst(read(envelope, event, issues, null));
}

/** What a handler fails over, it would fail over each time it came. */
function read(
  envelope: Envelope,
  event: ReadEvent | null,
  issues: Issue[] | null,
  reply: Reply | null,
): Delivery {
  try {
    return toDelivery(envelope, event, issues, reply);
  } catch (cause) {
    log("error", "an event's handler failed", { type: envelope.type, ...describeError(cause) });
    const name = cause instanceof Error ? cause.name : typeof cause;
    return toDelivery(envelope, null, [{ path: "", message: `Its handler failed (${name}).` }], reply);
  }
}

/** Holds what is to be remembered, and no longer the body it came in. */
async function recordFirst(delivery: Delivery): Promise<Received> {
  const recorded = await record(delivery);
  return {
    reply: {},
    later: allDone([notifyAfterRecord(delivery, recorded), noteTime(delivery, recorded)]),
  };
}

/** The time it took until now, in the event's own row: known beforehand only where the answer comes first. */
function timed(delivery: Delivery): Delivery {
  return { ...delivery, event: { ...delivery.event, tookMs: msSince(delivery.event.receivedAt) } };
}

function noteTime({ event, isLogged }: Delivery, { isFresh }: Recorded): Promise<void> | null {
  return isLogged && isFresh ? recordTimeTaken(event.key, msSince(event.receivedAt)) : null;
}

const msSince = (then: Date) => Math.max(0, Date.now() - then.getTime());

async function record(delivery: Delivery) {
  try {
    const recorded = await withDeadline(recordDelivery(db, delivery), recordTimeoutMs);
    recordWrite();
    return recorded;
  } catch (cause) {
    recordWrite(cause);
    throw cause;
  }
}

async function recordLater(delivery: Delivery): Promise<void> {
  for (const waitMs of [...retriesMs, null]) {
    const recorded = await record(delivery).catch((cause: unknown) => {
      log(waitMs ? "warn" : "error", "an answered event is not recorded", {
        key: delivery.event.key,
        ...describeError(cause),
      });
    });
    if (recorded) return notifyAfterRecord(delivery, recorded);
    if (waitMs) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
