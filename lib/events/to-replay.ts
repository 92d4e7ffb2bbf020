import "server-only";
import type { CallFacts, Delivery, ToolCallFact } from "@/db/facts";
import type { Replayable } from "@/db/queries/events/find-replayable";
import type { Replayed } from "@/lib/events/replayed";
import { findEvent } from "@/lib/webhook/find-event";
import { toDelivery } from "@/lib/webhook/to-delivery";
import { toolWitness } from "@/lib/webhook/witness-tool-history";

/** What is to be done: `delivery` null for what changes nothing. */
export interface Replay {
  outcome: Replayed["outcome"];
  issues: Replayed["issues"];
  delivery: Delivery | null;
}

/**
 * An event of the log through today's desk, as it would be joined today. Pure: nothing is answered anew, no tool runs; the
 * answer it was given then stands. What is kept is trimmed, so of what it states only what is not better known may join.
 */
export function toReplay(found: Replayable): Replay {
  const { event: row, call } = found;
  const wasRecorded = row.outcome === "recorded";
  const read = findEvent(row.type)?.read(row.message);
  if (!read) return nothing(wasRecorded ? "trimmed-away" : "still-unknown");
  if ("issues" in read) return nothing(wasRecorded ? "trimmed-away" : "still-malformed", read.issues);
  const { facts, ...delivery } = toDelivery(toEnvelope(row), read.event, null, row.answer, {
    key: row.key,
    tookMs: row.tookMs ?? 0,
  });
  if (facts && !call && (wasRecorded || !row.callId)) return nothing("no-call");
  return {
    outcome: wasRecorded ? "joined-again" : "mended",
    issues: [],
    delivery: {
      ...delivery,
      // Its row is there, so the gate that keeps repetitions out is passed by.
      isLogged: false,
      callId: row.callId === row.conversationId ? null : (row.callId ?? call?.id ?? null),
      facts: facts && onlyWeaker(facts, found, wasRecorded),
    },
  };
}

function nothing(outcome: Replay["outcome"], issues: Replay["issues"] = []): Replay {
  return { outcome, issues, delivery: null };
}

function toEnvelope({ type, message, callId, conversationId, at, receivedAt, bytes }: Replayable["event"]) {
  return { type, message, callId, conversationId, at, stampMs: at.getTime(), receivedAt, bytes, cuts: [] };
}

/** Facts of a trimmed body that cannot take the place of better ones, nor be counted a second time. */
function onlyWeaker(
  { call, lines = [], toolCalls = [], report, ...rest }: NonNullable<Delivery["facts"]>,
  { call: known, hasReport, lineKeys }: Replayable,
  wasRecorded: boolean,
): NonNullable<Delivery["facts"]> {
  return {
    ...rest,
    call: { ...call, ...(wasRecorded && weaken(call)), createdAt: known?.createdAt ?? call.createdAt },
    lines: lines.filter(({ key }) => !lineKeys.has(key)),
    toolCalls: toolCalls.map(unlessAnswered),
    ...(report && !hasReport && { report }),
  };
}

/** A fact that was witnessed in full a moment stronger than now stands; a hang that was counted is not counted again. */
function weaken(call: CallFacts): CallFacts {
  const weaker = Object.entries(call).flatMap(([name, value]) =>
    name.endsWith("Witness") && typeof value === "number" ? [[name, value - 1]] : [],
  );
  return { ...Object.fromEntries(weaker), hangs: 0 };
}

/** One that was never answered by us must not outrank the answer a history tells of. */
function unlessAnswered(toolCall: ToolCallFact): ToolCallFact {
  const isAnswered = toolCall.result != null || toolCall.error != null;
  return isAnswered ? toolCall : { ...toolCall, witness: toolWitness.asked };
}
