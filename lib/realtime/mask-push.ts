import { maskAlert } from "@/lib/alerts/mask-alert";
import { maskCall } from "@/lib/calls/mask-call";
import { maskLine, maskMark, maskToolCall } from "@/lib/calls/mask-call-parts";
import type { Added, Push } from "@/lib/realtime/push";

/** A push as it goes to the masked channels. A partial travels without its call, so a name in it cannot be known. */
export function maskPush(push: Push): Push {
  if (push.kind === "partial") return { ...push, partial: maskLine(push.partial, []) };
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
