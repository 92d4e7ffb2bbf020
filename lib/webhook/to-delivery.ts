import "server-only";
import type { Delivery, Facts } from "@/db/facts";
import type { Issue, ReadEvent, Reply } from "@/lib/webhook/define-event";
import { eventKey } from "@/lib/webhook/event-key";
import type { Envelope } from "@/lib/webhook/read-envelope";
import { readSnapshot } from "@/lib/webhook/read-snapshot";
import { redactObject } from "@/lib/webhook/redact";
import { trimMessage } from "@/lib/webhook/trim-message";

/**
 * An envelope and what its desk made of it → what is to be remembered. `event`: null for a type nobody has met, and for one that
 * does not fit; then `issues` says why. `reply`: what it was answered, where Vapi waits. `earlier`: what is known of one that is
 * read once more out of the log, where its body is trimmed.
 */
export function toDelivery(
  envelope: Envelope,
  event: ReadEvent | null,
  issues: Issue[] | null,
  reply: Reply | null,
  earlier?: { key: string; tookMs: number },
): Delivery {
  const { at, bytes, receivedAt, type } = envelope;
  const key = earlier?.key ?? keyOf(envelope, event);
  const found = [...(issues ?? []), ...envelope.cuts.map(({ path, message }) => ({ path, message }))];
  const isMalformed = issues !== null || envelope.cuts.some(({ kind }) => kind === "depth");
  const answeredAt = new Date(at.getTime() + (earlier?.tookMs ?? Date.now() - receivedAt.getTime()));
  return {
    event: {
      key,
      type,
      outcome: isMalformed ? "malformed" : event ? "recorded" : "unknown",
      at,
      receivedAt,
      bytes,
      message: trimMessage(envelope.message, event?.leaveOut),
      issues: found.length > 0 ? found : null,
      answer: reply && redactObject(reply),
    },
    conversationId: envelope.conversationId,
    callId: envelope.callId,
    isLogged: !event?.isChatty,
    isPostscript: event?.isPostscript ?? false,
    facts: toFacts(
      envelope,
      event?.isAboutCall ?? envelope.callId !== null,
      event?.project({ at, answeredAt, key }, reply),
    ),
  };
}

function keyOf(envelope: Envelope, event: ReadEvent | null): string {
  return eventKey({
    ...envelope,
    identity: event?.identity ?? JSON.stringify(trimMessage(envelope.message)),
  });
}

/** What every event of a call states of it, joined with what its type's desk makes of it. */
function toFacts(envelope: Envelope, isAboutCall: boolean, own: Facts = {}): Delivery["facts"] {
  if (!isAboutCall || !envelope.conversationId) return null;
  return {
    ...own,
    call: {
      // Whoever sends events of a call, the call is going on: the weakest of witnesses.
      status: "in-progress",
      statusWitness: 1,
      lastEventAt: envelope.at,
      ...readSnapshot(envelope.message, envelope.at),
      ...own.call,
    },
  };
}
