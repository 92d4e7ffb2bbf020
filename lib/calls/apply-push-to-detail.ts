import { addAlert } from "@/lib/alerts/add-alert";
import type { Alert } from "@/lib/alerts/alert";
import type { Applied } from "@/lib/calls/applied";
import type { CallDetail } from "@/lib/calls/call-detail";
import { isNewerCall } from "@/lib/calls/is-newer-call";
import { mergeLines } from "@/lib/calls/merge-lines";
import { mergePartial } from "@/lib/calls/merge-partial";
import type { ToolCall } from "@/lib/calls/tool-call";
import { unionById } from "@/lib/calls/union-by-id";
import { whenEnded } from "@/lib/calls/when-ended";
import { applyPushToConversation } from "@/lib/conversations/apply-push-to-conversation";
import type { Added, CallPush, Push } from "@/lib/realtime/push";

/**
 * One call's page after a push; pushes of other calls change nothing. Order and repetition do not matter.
 * Stale when the push begins later than what is known (a gap), when it is too big to travel, and after the
 * call's end: what comes then is little, and may be the report, which no push carries.
 */
export function applyPushToDetail(detail: CallDetail, push: Push): Applied<CallDetail> {
  if (push.kind === "watchers") return { next: detail, stale: false };
  if (push.kind === "alert") return { next: applyAlert(detail, push.alert), stale: false };
  if (push.kind === "conversation") {
    const { next, stale } = applyPushToConversation(detail.conversation, push);
    return { next: next === detail.conversation ? detail : { ...detail, conversation: next }, stale };
  }
  const callId = push.kind === "call" ? push.call.id : push.callId;
  if (callId !== detail.call.id) return { next: detail, stale: false };
  if (push.kind === "stale") return { next: detail, stale: true };
  if (push.kind === "call") return applyCall(detail, push);
  const partials = mergePartial(detail.partials, push.partial);
  return {
    next: partials === detail.partials ? detail : { ...detail, partials: [...partials] },
    stale: false,
  };
}

function applyAlert(detail: CallDetail, alert: Alert): CallDetail {
  if (alert.callId !== detail.call.id) return detail;
  const alerts = addAlert(detail.alerts, alert);
  return alerts === detail.alerts ? detail : { ...detail, alerts: [...alerts] };
}

function applyCall(detail: CallDetail, { call, previousVersion, added }: CallPush): Applied<CallDetail> {
  const isNewer = isNewerCall(call, detail.call);
  const known = added ? addRows(detail, added) : detail;
  return {
    next: isNewer ? { ...known, call } : known,
    stale: previousVersion > detail.call.version || (isNewer && whenEnded(call) !== null),
  };
}

function addRows(detail: CallDetail, added: Added): CallDetail {
  return {
    ...detail,
    lines: [...mergeLines(detail.lines, added.lines)],
    marks: [
      ...unionById(
        detail.marks,
        added.marks,
        (mark) => mark.at,
        (known) => known,
      ),
    ],
    toolCalls: [...unionById(detail.toolCalls, added.toolCalls, (toolCall) => toolCall.askedAt, answered)],
  };
}

/** The answered one; of two answers the first, which is the one the assistant was told. */
function answered(a: ToolCall, b: ToolCall): ToolCall {
  if (a.answeredAt === null || b.answeredAt === null) return a.answeredAt === null ? b : a;
  return a.answeredAt <= b.answeredAt ? a : b;
}
