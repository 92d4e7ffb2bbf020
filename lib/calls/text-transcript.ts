import { callerWord, callSpan, callTitle } from "@/lib/calls/call";
import { toCallItems } from "@/lib/calls/call-items";
import type { CallDetail } from "@/lib/calls/detail";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { describeOnlyIn } from "@/lib/calls/only-in";
import { describeMark } from "@/lib/calls/transcript";
import { describeAction } from "@/lib/control/describe";
import { formatDuration } from "@/lib/format";

/** A call as plain text: whose it was, how it ended, its summary, and what was said and done, each with its time. */
export function toTextTranscript(detail: CallDetail): string {
  const { call, report } = detail;
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
  const time = (iso: string) => formatDuration(Date.parse(iso) - from);
  const said = toCallItems({ ...detail, partials: [] }).map((item) => {
    const at = `[${time(item.at)}]`;
    if (item.kind === "bubble") {
      const who = item.role === "user" ? callerWord(call) : (item.assistantName ?? "Assistant");
      const mark = item.onlyIn === null ? "" : ` [${describeOnlyIn(item.onlyIn)}]`;
      const note = item.filters.length > 0 ? " (changed by Vapi's security filter)" : "";
      return `${at} ${who}: ${item.text}${mark}${note}`;
    }
    if (item.what === "mark") {
      const { mark, warnings, until } = item;
      return `${at} (${describeMark(mark)}${until ? `, ${warnings} warnings until ${time(until)}` : ""})`;
    }
    if (item.what === "action") return `${at} (${describeAction(item.action)})`;
    const { name, result, error } = item.toolCall;
    return `${at} (Tool ${name}: ${error ?? result ?? "no answer"})`;
  });
  return [...head, "", ...said, ""].join("\n");
}
