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
 * How long answers took, noted once they are on their way and nobody waits any more: the statement that records an event
 * cannot know. A time that is lost is shown as not measured.
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
 * What goes on after an answer. Makes no promise where it need not: each is followed through every context that Next keeps
 * of a request, and this lies on the way of every event.
 */
export class Later {
  #works: Promise<void>[] = [];

  /** @param work must not reject */
  add(work: Promise<void>): this {
    this.#works.push(work);
    return this;
  }

  /** Resolves when all of it is done. */
  done(): Promise<void> {
    const [first = nothing, ...others] = this.#works;
    return others.length === 0 ? first : Promise.all(this.#works).then(() => {});
  }
}

const nothing = Promise.resolve();

/**
 * Whoever is to hear of a recorded delivery does: pages that watch its call, people, should it need them, analytics, the archive.
 * Never throws at once: what goes wrong in the telling must not make an answer of a delivery that is kept a 503.
 */
export async function notifyAfterRecord(delivery: Delivery, recorded: Recorded): Promise<void> {
  const { isFresh, call } = recorded;
  // Few events need what is imported here and below for a call that is over; a cold start would wait for it.
  const isIssue = isFresh && delivery.event.type === "issue.created";
  if (isIssue) return import("@/lib/issues/server/issues").then(({ noticeIssue }) => noticeIssue());
  if (!isFresh || !call) return;
  const later = new Later().add(publish(delivery, recorded));
  if (mayConcernAlerts(delivery, call)) later.add(noticeAlerts(delivery, call));
  if (mayFireRules(delivery, call)) later.add(noticeRules(delivery, call));
  if (isOver(call.status))
    later.add(import("@/lib/webhook/server/call-over").then(({ noticeEnd }) => noticeEnd(call)));
  await later.done();
}

/** An event that was answered first lives in this process alone until it is recorded: so long it is tried again. */
const retryForMs = 20_000;
/** The pauses between the tries; the last one is kept, so that it is recorded soon after the database is back. */
const pausesMs = [250, 500, 1_000] as const;

/**
 * Takes one delivery. Where Vapi waits for an answer, the answer comes first and is recorded meanwhile; everything
 * else is recorded before it is acknowledged.
 *
 * @param later takes in what remains to be done once the answer is on its way
 * @returns the body of the 200 Vapi gets
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

/** What a handler fails over, it would fail over each time it came. */
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

/** Holds what is to be remembered, and no longer the body it came in. */
async function recordFirst(delivery: Delivery, later: Later): Promise<Reply> {
  const recorded = await record(delivery);
  addFollowUp(delivery, recorded, later);
  const { key, receivedAt } = delivery.event;
  if (delivery.isLogged && recorded.isFresh) later.add(timesTaken.add({ key, tookMs: msSince(receivedAt) }));
  return {};
}

/** What every recorded delivery is followed by. */
function addFollowUp(delivery: Delivery, recorded: Recorded, later: Later): Later {
  later.add(notifyAfterRecord(delivery, recorded));
  return delivery.isLogged ? later.add(forwardSoon()) : later;
}

/** The time it took until now, in the event's own row: known beforehand only where the answer comes first. */
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

/** For a process that does not know yet what is to be masked: its database has not answered. */
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
