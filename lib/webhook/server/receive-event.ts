import "server-only";
import { db } from "@/db/client";
import { saveTimesTaken } from "@/db/queries/events/write";
import type { Delivery } from "@/db/queries/record/facts";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import type { Recorded } from "@/db/queries/record/record-events";
import { recordTimeoutMs } from "@/db/queries/record/record-together";
import { mayConcernAlerts, noticeAlerts } from "@/lib/alerts/server/notice";
import { withDeadline } from "@/lib/async";
import { createBatchQueue } from "@/lib/batch-queue";
import { isOver } from "@/lib/calls/call";
import { forwardSoon } from "@/lib/forwarding/server/forward";
import { recordWrite } from "@/lib/health/server/writes";
import { log } from "@/lib/log";
import { logRepeated } from "@/lib/log-repeated";
import { peekMaskedKinds, readMaskedKinds } from "@/lib/privacy/server/masking";
import { publish } from "@/lib/realtime/server/publish";
import type { SensitiveKind } from "@/lib/rules/sensitive-data";
import { mayFireRules } from "@/lib/rules/server/in-force";
import { noticeRules } from "@/lib/rules/server/notice";
import type { Issue, ReadEvent, Reply } from "@/lib/webhook/server/define-event";
import { toDelivery } from "@/lib/webhook/server/delivery";
import type { Envelope } from "@/lib/webhook/server/envelope";
import { findEvent } from "@/lib/webhook/server/registry";

/**
 * Response times, saved after the answers are sent: the statement that records an event cannot know its own. A time
 * that is lost is shown as not measured.
 */
const timesTaken = createBatchQueue<{ key: string; tookMs: number }>({
  keyOf: ({ key }) => key,
  windowMs: 100,
  isFirstAtOnce: true,
  flush: (taken) => saveTimesTaken(db, new Map(taken.map(({ key, tookMs }) => [key, tookMs]))),
  onFailure: (cause, { length }) =>
    logRepeated("warn", "response times were not saved", { events: length, error: cause }),
});

/**
 * Work that continues after an answer. Creates no promise where it can avoid it: Next tracks each one through every
 * context of a request, and this runs for every event.
 */
export class Later {
  #works: Promise<void>[] = [];

  /** @param work must not reject */
  add(work: Promise<void>): this {
    this.#works.push(work);
    return this;
  }

  /** Resolves once all of it is done. */
  done(): Promise<void> {
    const [first = nothing, ...others] = this.#works;
    return others.length === 0 ? first : Promise.all(this.#works).then(() => {});
  }
}

const nothing = Promise.resolve();

/**
 * Starts everything that follows a recorded delivery: pushes to pages, alerts, rules, issues, analytics, the archive.
 * Never throws synchronously: a failure here must not turn the answer to a recorded delivery into a 503.
 */
export async function notifyAfterRecord(delivery: Delivery, recorded: Recorded): Promise<void> {
  const { isFresh, call } = recorded;
  // Few events need what is imported here and below (for ended calls), and a cold start would wait for it.
  const isIssue = isFresh && delivery.event.type === "issue.created";
  if (isIssue) return import("@/lib/issues/server/issues").then(({ noticeIssue }) => noticeIssue());
  if (!isFresh || !call) return;
  const later = new Later().add(publish(delivery, recorded));
  if (mayConcernAlerts(delivery, call)) later.add(noticeAlerts(delivery, call));
  if (mayFireRules(delivery, call)) later.add(noticeRules(delivery, call));
  if (isOver(call.status))
    later.add(import("@/lib/webhook/server/call-over").then(({ followUpEnd }) => followUpEnd(call)));
  await later.done();
}

/** An event that is answered first exists only in this process until it is recorded, so that is retried for this long. */
const retryForMs = 20_000;
/** Pauses between tries; the last one repeats, so that the event is recorded soon after the database is back. */
const pausesMs = [250, 500, 1_000] as const;

/**
 * Handles one delivery. Where Vapi waits for an answer, the answer is sent without waiting for the record; everything
 * else is recorded before it is acknowledged.
 *
 * @param later collects the work that remains once the answer is sent
 * @returns the body of the 200 that Vapi gets
 * @throws when an event that needs no answer could not be recorded: it must not be acknowledged.
 */
export async function receiveEvent(envelope: Envelope, later: Later): Promise<Reply> {
  const found = findEvent(envelope.type)?.read(envelope.message);
  const event = found && "event" in found ? found.event : null;
  if (event?.respond) {
    const { reply, afterwards } = await event.respond(envelope);
    const masked = peekMaskedKinds();
    later.add(
      masked
        ? recordLater(timed(read(envelope, event, null, reply, masked)))
        : recordOnceMaskable(envelope, event, reply),
    );
    if (afterwards) later.add(afterwards());
    return reply;
  }
  const issues = found && "issues" in found ? found.issues : null;
  const masked = peekMaskedKinds() ?? (await readMaskedKinds());
  return recordFirst(read(envelope, event, issues, null, masked), later);
}

/** A message that its handler fails on would fail again on every retry, so it is recorded as malformed. */
function read(
  envelope: Envelope,
  event: ReadEvent | null,
  issues: Issue[] | null,
  reply: Reply | null,
  masked: readonly SensitiveKind[],
): Delivery {
  try {
    return toDelivery(envelope, event, issues, reply, masked);
  } catch (cause) {
    log("error", "an event's handler failed", { type: envelope.type, error: cause });
    const name = cause instanceof Error ? cause.name : typeof cause;
    return toDelivery(
      envelope,
      null,
      [{ path: "", message: `Its handler failed (${name}).` }],
      reply,
      masked,
    );
  }
}

/** Takes only the delivery to record, so that the body it came in can be garbage-collected. */
async function recordFirst(delivery: Delivery, later: Later): Promise<Reply> {
  const recorded = await record(delivery);
  addFollowUp(delivery, recorded, later);
  const { key, receivedAt } = delivery.event;
  if (delivery.isLogged && recorded.isFresh) later.add(timesTaken.add({ key, tookMs: msSince(receivedAt) }));
  return {};
}

/** Adds the work that follows every recorded delivery. */
function addFollowUp(delivery: Delivery, recorded: Recorded, later: Later): Later {
  later.add(notifyAfterRecord(delivery, recorded));
  return delivery.isLogged ? later.add(forwardSoon()) : later;
}

/** Adds the response time to the event's row: known before it is recorded only where the answer comes first. */
function timed(delivery: Delivery): Delivery {
  return { ...delivery, event: { ...delivery.event, tookMs: msSince(delivery.event.receivedAt) } };
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

/** For a process that has not read the masking settings yet, because its database has not answered. */
async function recordOnceMaskable(envelope: Envelope, event: ReadEvent, reply: Reply): Promise<void> {
  const until = Date.now() + retryForMs;
  for (;;) {
    const masked = await readMaskedKinds().catch(() => null);
    if (masked) return recordLater(timed(read(envelope, event, null, reply, masked)));
    if (Date.now() >= until) {
      return log("error", "an answered event is not recorded", {
        type: envelope.type,
        callId: envelope.callId,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function recordLater(delivery: Delivery): Promise<void> {
  const until = Date.now() + retryForMs;
  for (let tries = 0; ; tries += 1) {
    const isLast = Date.now() >= until;
    const recorded = await record(delivery).catch((cause: unknown) => {
      const about = { key: delivery.event.key, error: cause };
      if (isLast) log("error", "an answered event is lost", about);
      else logRepeated("warn", "an answered event is not recorded yet", about);
    });
    if (recorded) return addFollowUp(delivery, recorded, new Later()).done();
    if (isLast) return;
    await new Promise((resolve) => setTimeout(resolve, pausesMs[tries] ?? 1_000));
  }
}
