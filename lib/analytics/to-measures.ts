import { countReplies } from "@/lib/analytics/count-replies";
import type { Measures } from "@/lib/analytics/measures";
import type { Call } from "@/lib/calls/call";
import { callSpan } from "@/lib/calls/call-span";
import type { Mark } from "@/lib/calls/mark";
import type { Report } from "@/lib/calls/report";
import { toReplyLatencies } from "@/lib/calls/to-reply-latencies";
import { toTalkShare } from "@/lib/calls/to-talk-share";
import { toTurns } from "@/lib/calls/to-turns";
import { whenEnded } from "@/lib/calls/when-ended";

type Reported = Pick<Report, "latency" | "transfers">;

/**
 * What one call that is over counts for, by the same derivations that its page shows. Where nobody's speech was witnessed, as with
 * calls that were imported, its report may still know how long the replies took.
 */
export function toMeasures(call: Call, marks: readonly Mark[], report: Reported | null): Measures {
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
    transferred: Number(isTransferred(call, marks, report)),
    measured: Number(isMeasured),
    measuredMs: isMeasured ? span.to - span.from : 0,
    userMs: talk.userMs,
    assistantMs: talk.assistantMs,
    silentMs: isMeasured ? talk.silentMs : 0,
    assistantTurns: spoken.length,
    interruptions: spoken.filter(({ interrupted }) => interrupted).length,
    replies: countReplies(isMeasured ? toReplyLatencies(turns).map(({ ms }) => ms) : toReported(report)),
  };
}

/** Handed on to people, or tried to be: the assistant did not see to it alone. */
function isTransferred({ endedReason }: Call, marks: readonly Mark[], report: Reported | null): boolean {
  if (marks.some(({ kind }) => kind === "transfer") || (report?.transfers.length ?? 0) > 0) return true;
  return /forward|transfer/.test(endedReason ?? "");
}

function toReported(report: Reported | null): number[] {
  return (report?.latency?.turns ?? []).flatMap(({ total }) => total ?? []);
}
