import { maskAlert } from "@/lib/alerts/alert";
import { maskAction, maskCall, maskLine, maskMark, maskRecord, maskToolCall } from "@/lib/calls/mask";
import { maskText } from "@/lib/calls/mask-text";
import { maskIncident } from "@/lib/incidents/incident";
import type { Added, Push, PushedConversation } from "@/lib/realtime/push";

/**
 * A push as sent to the masked channels; null for a kind without a masking rule.
 * @param callerNames for a push that does not include its call
 */
export function maskPush(push: Push, callerNames: readonly (string | null)[] = []): Push | null {
  switch (push.kind) {
    case "call": {
      const { added, call } = push;
      return {
        ...push,
        call: maskCall(call),
        ...(added && { added: maskAdded(added, [call.customerName]) }),
      };
    }
    case "partial":
      return { ...push, partial: maskLine(push.partial, callerNames) };
    case "alert":
      return { ...push, alert: maskAlert(push.alert) };
    case "incident":
      return { ...push, incident: maskIncident(push.incident) };
    case "operator-action":
      return { ...push, action: maskAction(push.action, callerNames) };
    case "conversation":
      return { ...push, conversation: maskConversation(push.conversation, callerNames) };
    case "watchers":
    case "stale":
      return push;
    default:
      push satisfies never;
      return null;
  }
}

function maskConversation(conversation: PushedConversation | null, names: readonly (string | null)[]) {
  if (!conversation) return null;
  const { name, context } = conversation;
  return {
    ...conversation,
    name: name && maskText(name, names),
    context: maskRecord(context, names),
  };
}

function maskAdded({ lines, marks, toolCalls }: Added, names: readonly (string | null)[]): Added {
  return {
    lines: lines.map((line) => maskLine(line, names)),
    marks: marks.map((mark) => maskMark(mark, names)),
    toolCalls: toolCalls.map((toolCall) => maskToolCall(toolCall, names)),
  };
}
