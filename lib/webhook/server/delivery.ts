import "server-only";
import type { Delivery, Facts } from "@/db/queries/record/facts";
import { toMonitorFact } from "@/lib/control/server/monitor";
import { maskMessage, maskSensitiveRecord, maskSensitiveText } from "@/lib/privacy/mask-sensitive";
import { redactObject } from "@/lib/redact";
import type { SensitiveKind } from "@/lib/rules/sensitive-data";
import { weakestRank } from "@/lib/webhook/rank";
import type { Issue, ReadEvent, Reply } from "@/lib/webhook/server/define-event";
import { type Envelope, eventKey } from "@/lib/webhook/server/envelope";
import { readSnapshot } from "@/lib/webhook/server/snapshot";

/** What repeats in every body of a call; a call of 2:20 is 1.1 MB of them. */
const repeated = new Set([
  "assistant",
  "newAssistant",
  "call",
  "phoneNumber",
  "customer",
  "artifact",
  "conversation",
]);

/** The same tool calls again, wherever the first list is there. */
const repeatedLists = new Set(["toolCalls", "toolWithToolCallList"]);

/**
 * A message as the event log keeps it: what is specific to its type, without what every body repeats
 * (the growing `messages*` included) and without secrets. `leaveOut` names what the type's handler keeps elsewhere.
 */
export function trimMessage(message: object, leaveOut: readonly string[] = []): Record<string, unknown> {
  const hasList = "toolCallList" in message;
  const own = Object.entries(message).filter(
    ([key, value]) =>
      value !== null &&
      !repeated.has(key) &&
      !(hasList && repeatedLists.has(key)) &&
      !key.startsWith("messages") &&
      !leaveOut.includes(key),
  );
  return redactObject(Object.fromEntries(own.map(([key, value]) => [key, trimPart(key, value)])));
}

/** A chat and a session carry whole assistants, squads and histories of their own. */
function trimPart(key: string, value: unknown): unknown {
  const isHolder = (key === "chat" || key === "session") && typeof value === "object" && value !== null;
  if (!isHolder) return value;
  const own = Object.entries(value).filter(
    ([part]) => !repeated.has(part) && !/^(?:messages|squad$|\w+Overrides$)/.test(part),
  );
  return Object.fromEntries(own);
}

/**
 * An envelope and what its handler made of it → what is to be remembered. `event`: null for a type nobody has met, and for one that
 * does not fit; then `issues` says why. `reply`: what it was answered, where Vapi waits. `masked`: what is masked in all of it; the
 * event's key is that of the message as it came, so a repeat is known whatever is masked meanwhile. `earlier`: what is known of one
 * that is read once more out of the log, where its body is trimmed.
 */
export function toDelivery(
  envelope: Envelope,
  event: ReadEvent | null,
  issues: Issue[] | null,
  reply: Reply | null,
  masked: readonly SensitiveKind[],
  earlier?: { key: string; tookMs: number },
): Delivery {
  const { at, bytes, receivedAt, type, isFetched } = envelope;
  const key = earlier?.key ?? keyOf(envelope, event);
  const message = maskMessage(envelope.message, masked);
  const stored = message === envelope.message ? event : (event?.readStored(message) ?? null);
  const answer = reply && maskSensitiveRecord(reply, masked);
  const misfit = event && !stored ? [{ path: "", message: "It does not fit once it is masked." }] : null;
  const found = [
    ...(issues ?? misfit ?? []),
    ...envelope.cuts.map(({ path, message: why }) => ({ path, message: why })),
  ].map((issue) => ({ ...issue, path: maskSensitiveText(issue.path, masked) }));
  const isMalformed =
    issues !== null || misfit !== null || envelope.cuts.some(({ kind }) => kind === "depth");
  const answeredAt = new Date(at.getTime() + (earlier?.tookMs ?? Date.now() - receivedAt.getTime()));
  return {
    event: {
      key,
      type,
      outcome: isMalformed ? "malformed" : stored ? "recorded" : "unknown",
      at,
      receivedAt,
      bytes,
      isFetched,
      message: trimMessage(message, stored?.leaveOut),
      issues: found.length > 0 ? found : null,
      answer: answer && redactObject(answer),
    },
    conversationId: envelope.conversationId,
    callId: envelope.callId,
    isLogged: !event?.isChatty,
    isPostscript: event?.isPostscript ?? false,
    facts: toFacts(
      { ...envelope, message },
      event?.isAboutCall ?? envelope.callId !== null,
      stored?.project({ at, answeredAt, key }, answer),
    ),
    monitor: toMonitorFact(envelope),
  };
}

function keyOf(envelope: Envelope, event: ReadEvent | null): string {
  return eventKey({
    ...envelope,
    identity: event?.identity ?? JSON.stringify(trimMessage(envelope.message)),
  });
}

/** What every event of a call states of it, joined with what its type's handler makes of it. */
function toFacts(envelope: Envelope, isAboutCall: boolean, own: Facts = {}): Delivery["facts"] {
  if (!isAboutCall || !envelope.conversationId) return null;
  return {
    ...own,
    call: {
      // Whoever sends events of a call, the call is going on: the weakest rank.
      status: "in-progress",
      statusRank: weakestRank,
      lastEventAt: envelope.at,
      ...readSnapshot(envelope.message, envelope.at),
      ...own.call,
    },
  };
}
