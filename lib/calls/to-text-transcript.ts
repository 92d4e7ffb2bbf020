import type { CallDetail } from "@/lib/calls/call-detail";
import { callSpan } from "@/lib/calls/call-span";
import { callTitle } from "@/lib/calls/call-title";
import { describeEndedReason } from "@/lib/calls/describe-ended-reason";
import { describeMark } from "@/lib/calls/describe-mark";
import { describeOnlyIn } from "@/lib/calls/describe-only-in";
import { toEndCode } from "@/lib/calls/ended-waiting";
import { formatDuration } from "@/lib/calls/format-duration";
import { toMoments } from "@/lib/calls/to-moments";
import { toTranscript } from "@/lib/calls/to-transcript";

const voices = { user: "Caller", assistant: "Assistant" } as const;

/** A call as plain text: whose it was, how it ended, its summary, and what was said and done, each with its time. */
export function toTextTranscript(detail: CallDetail): string {
  const { call, lines, marks, report, toolCalls } = detail;
  const { from, to } = callSpan(call, Date.parse(call.lastEventAt));
  const head = [
    `Call: ${callTitle(call)}`,
    `Id: ${call.id}`,
    `Assistant: ${call.assistantName ?? call.assistantId ?? "none"}`,
    `Began: ${new Date(from).toISOString()}`,
    `Length: ${formatDuration(to - from)}`,
    ...(call.endedReason ? [`Ended: ${describeEndedReason(toEndCode(call) ?? call.endedReason).words}`] : []),
    ...(report?.summary ? ["", report.summary] : []),
  ];
  const said = toTranscript(lines, [], toMoments(toolCalls, marks)).map((item) => {
    const at = `[${formatDuration(Date.parse(item.at) - from)}]`;
    if (item.kind === "bubble") {
      const who = item.assistantName ?? voices[item.role];
      const mark = item.onlyIn === null ? "" : ` [${describeOnlyIn(item.onlyIn)}]`;
      const note = item.filters.length > 0 ? " (changed by Vapi's security filter)" : "";
      return `${at} ${who}: ${item.text}${mark}${note}`;
    }
    if (item.what === "mark") return `${at} (${describeMark(item.mark)})`;
    const { name, result, error } = item.toolCall;
    return `${at} (Tool ${name}: ${error ?? result ?? "no answer"})`;
  });
  return [...head, "", ...said, ""].join("\n");
}
