import { maskAlert } from "@/lib/alerts/mask-alert";
import { maskCall } from "@/lib/calls/mask-call";
import { maskLine, maskMark, maskToolCall } from "@/lib/calls/mask-call-parts";
import type { Added, Push } from "@/lib/realtime/push";

/**
 * A push as it goes to the masked channels.
 * @param callerName for a push that travels without its call
 */
export function maskPush(push: Push, callerName: string | null = null): Push {
  if (push.kind === "partial") return { ...push, partial: maskLine(push.partial, [callerName]) };
  if (push.kind === "alert") return { ...push, alert: maskAlert(push.alert) };
  if (push.kind !== "call") return push;
  const { added, call } = push;
  return { ...push, call: maskCall(call), ...(added && { added: maskAdded(added, [call.customerName]) }) };
}

function maskAdded({ lines, marks, toolCalls }: Added, names: readonly (string | null)[]): Added {
  return {
    lines: lines.map((line) => maskLine(line, names)),
    marks: marks.map((mark) => maskMark(mark, names)),
    toolCalls: toolCalls.map((toolCall) => maskToolCall(toolCall, names)),
  };
}
