import { maskAlert } from "@/lib/alerts/mask-alert";
import { maskCall } from "@/lib/calls/mask-call";
import { maskLine, maskMark, maskToolCall } from "@/lib/calls/mask-call-parts";
import { maskRecord } from "@/lib/calls/mask-record";
import { maskText } from "@/lib/calls/mask-text";
import type { PushedConversation } from "@/lib/realtime/conversation-push";
import type { Added, Push } from "@/lib/realtime/push";

/**
 * A push as it goes to the masked channels.
 * @param callerName for a push that travels without its call
 */
export function maskPush(push: Push, callerName: string | null = null): Push {
  if (push.kind === "partial") return { ...push, partial: maskLine(push.partial, [callerName]) };
  if (push.kind === "alert") return { ...push, alert: maskAlert(push.alert) };
  if (push.kind === "conversation")
    return { ...push, conversation: maskConversation(push.conversation, callerName) };
  if (push.kind !== "call") return push;
  const { added, call } = push;
  return { ...push, call: maskCall(call), ...(added && { added: maskAdded(added, [call.customerName]) }) };
}

function maskConversation(conversation: PushedConversation | null, callerName: string | null) {
  if (!conversation) return null;
  const { name, context } = conversation;
  return {
    ...conversation,
    name: name && maskText(name, [callerName]),
    context: maskRecord(context, [callerName]),
  };
}

function maskAdded({ lines, marks, toolCalls }: Added, names: readonly (string | null)[]): Added {
  return {
    lines: lines.map((line) => maskLine(line, names)),
    marks: marks.map((mark) => maskMark(mark, names)),
    toolCalls: toolCalls.map((toolCall) => maskToolCall(toolCall, names)),
  };
}
