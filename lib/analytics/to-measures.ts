import { countReplies } from "@/lib/analytics/count-replies";
import type { Measures } from "@/lib/analytics/measures";
import type { Call } from "@/lib/calls/call";
import { callSpan } from "@/lib/calls/call-span";
import type { Mark } from "@/lib/calls/mark";
import { toReplyLatencies } from "@/lib/calls/to-reply-latencies";
import { toTalkShare } from "@/lib/calls/to-talk-share";
import { toTurns } from "@/lib/calls/to-turns";
import { whenEnded } from "@/lib/calls/when-ended";

/** What one call that is over counts for, by the same derivations that its page shows. */
export function toMeasures(call: Call, marks: readonly Mark[]): Measures {
  const span = callSpan(call, Date.parse(call.lastEventAt));
  const [from, to] = [new Date(span.from).toISOString(), new Date(span.to).toISOString()];
  const turns = toTurns(marks, whenEnded(call));
  const talk = toTalkShare(turns, from, to);
  const isMeasured = turns.length > 0;
  const spoken = turns.filter(({ role }) => role === "assistant");
  return {
    calls: 1,
    durationMs: call.startedAt === null ? 0 : span.to - span.from,
    costUsd: call.costUsd ?? 0,
    costed: Number(call.costUsd !== null),
    hung: Number(call.hangs > 0),
    transferred: Number(isTransferred(call, marks)),
    measured: Number(isMeasured),
    measuredMs: isMeasured ? span.to - span.from : 0,
    userMs: talk.userMs,
    assistantMs: talk.assistantMs,
    silentMs: isMeasured ? talk.silentMs : 0,
    assistantTurns: spoken.length,
    interruptions: spoken.filter(({ interrupted }) => interrupted).length,
    replies: countReplies(toReplyLatencies(turns).map(({ ms }) => ms)),
  };
}

/** Handed on to people, or tried to be: the assistant did not see to it alone. Reports alone tell it by their reason. */
function isTransferred({ endedReason }: Call, marks: readonly Mark[]): boolean {
  return marks.some(({ kind }) => kind === "transfer") || /forward|transfer/.test(endedReason ?? "");
}
