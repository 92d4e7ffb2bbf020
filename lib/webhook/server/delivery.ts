import "server-only";
import type { Delivery, Facts } from "@/db/queries/record/facts";
import { toMonitorFact } from "@/lib/control/server/monitor";
import { maskMessage, maskSensitiveRecord, maskSensitiveText } from "@/lib/privacy/mask-sensitive";
import { redactObject } from "@/lib/redact";
import type { SensitiveKind } from "@/lib/rules/sensitive-data";
import { answeredRank, weakestRank } from "@/lib/webhook/rank";
import type { Issue, ReadEvent, Reply } from "@/lib/webhook/server/define-event";
import { type Envelope, eventKey } from "@/lib/webhook/server/envelope";
import { readSnapshot } from "@/lib/webhook/server/snapshot";

/** Keys that repeat in every body of a call: 1.1 MB over a call of 2:20 min. */
const repeated = new Set([
  "assistant",
  "newAssistant",
  "call",
  "phoneNumber",
  "customer",
  "artifact",
  "conversation",
]);

/** Repeat the tool calls of `toolCallList`, where that is present. */
const repeatedLists = new Set(["toolCalls", "toolWithToolCallList"]);

/**
 * A message as the event log keeps it: the parts specific to its type, without those that every body repeats (the
 * growing `messages*` included) and without secrets. `leaveOut` names parts that the type's handler stores elsewhere.
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

/** Also contains what a report's handler reads, for reading the message again. */
function wholeMessage(message: Record<string, unknown>): Record<string, unknown> {
  const { messages, artifact } = message;
  return { ...trimMessage(message), ...redactObject({ messages, artifact }) };
}

/** Chats and sessions contain whole assistants, squads and histories of their own. */
function trimPart(key: string, value: unknown): unknown {
  const isHolder = (key === "chat" || key === "session") && typeof value === "object" && value !== null;
  if (!isHolder) return value;
  const own = Object.entries(value).filter(
    ([part]) => !repeated.has(part) && !/^(?:messages|squad$|\w+Overrides$)/.test(part),
  );
  return Object.fromEntries(own);
}

/**
 * Turns an envelope and its handler's result into the rows to record. `event`: null for an unknown type and for a
 * malformed message, whose problems are in `issues`. `reply`: the answer, where Vapi waits for one. `masked`: kinds of
 * data to mask in all of it; the event's key is made from the unmasked message, so a repeat is recognised even if the
 * masking has changed. `earlier`: key and response time of an event replayed from the log, whose body is trimmed.
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
  const misfit = event && !stored ? [{ path: "", message: "It is no longer valid after masking." }] : null;
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
    ...(stored?.leaveOut.length && { whole: () => wholeMessage(message) }),
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

function isOfSpeech({ lines, marks, toolCalls }: Facts): boolean {
  const isHeard = marks?.some(({ kind }) => kind === "speech-started" || kind === "speech-stopped");
  return Boolean(isHeard || lines?.length || toolCalls?.length);
}

/** Joins the facts that every event states about its call with those from the type's handler. */
function toFacts(envelope: Envelope, isAboutCall: boolean, own: Facts = {}): Delivery["facts"] {
  if (!isAboutCall || !envelope.conversationId) return null;
  return {
    ...own,
    call: {
      // An event of a call implies that it is in progress.
      status: "in-progress",
      statusRank: isOfSpeech(own) ? answeredRank : weakestRank,
      lastEventAt: envelope.at,
      ...readSnapshot(envelope.message, envelope.at),
      ...own.call,
    },
  };
}
