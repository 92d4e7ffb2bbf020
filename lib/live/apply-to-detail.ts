import { addAlert } from "@/lib/alerts/actions";
import type { Alert } from "@/lib/alerts/alert";
import { callHangs } from "@/lib/alerts/episodes";
import { isNewerCall, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { addSourceLines, type PartialLine, unionById } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import { toPartialLine } from "@/lib/calls/partial-lines";
import { mergePartial, type ToolCall } from "@/lib/calls/parts";
import { joinAction, type OperatorAction } from "@/lib/control/action";
import { type Applied, applyPushToConversation } from "@/lib/live/apply";
import type { Added, CallPush, Push } from "@/lib/realtime/push";

/**
 * Applies a push to the data of one call's page; pushes of other calls change nothing. Order and repetition do not
 * matter. Stale after a gap in versions, if the push was too big to carry its data, and after the call has ended: few
 * events follow then, and one may be the report, which no push carries.
 */
export function applyPushToDetail(detail: CallDetail, push: Push): Applied<CallDetail> {
  if (push.kind === "watchers" || push.kind === "incident") return { next: detail, stale: false };
  if (push.kind === "alert") return { next: applyAlert(detail, push.alert), stale: false };
  if (push.kind === "operator-action") return { next: applyAction(detail, push.action), stale: false };
  if (push.kind === "conversation") {
    const { next, stale } = applyPushToConversation(detail.conversation, push);
    return { next: next === detail.conversation ? detail : { ...detail, conversation: next }, stale };
  }
  const callId = push.kind === "call" ? push.call.id : push.callId;
  if (callId !== detail.call.id) return { next: detail, stale: false };
  if (push.kind === "stale") return { next: detail, stale: true };
  if (push.kind === "call") return applyCall(detail, push);
  return { next: applyPartial(detail, push.partial), stale: false };
}

function applyAlert(detail: CallDetail, alert: Alert): CallDetail {
  if (alert.callId !== detail.call.id) return detail;
  const alerts = addAlert(detail.alerts, alert);
  return alerts === detail.alerts ? detail : { ...detail, alerts: [...alerts] };
}

function applyAction(detail: CallDetail, action: OperatorAction): CallDetail {
  if (action.callId !== detail.call.id) return detail;
  const joined = unionById(detail.operatorActions, [action], ({ at }) => at, joinAction);
  return joined === detail.operatorActions ? detail : { ...detail, operatorActions: [...joined] };
}

/** The lines of an ended call come from the server and already include its partials. */
function applyPartial(detail: CallDetail, partial: PartialLine): CallDetail {
  const partials = mergePartial(detail.partials, partial);
  const heard = isLive(detail) ? addSourceLines(detail.heard, [toPartialLine(partial)]) : detail.heard;
  if (partials === detail.partials && heard === detail.heard) return detail;
  return withLines({ ...detail, partials: [...partials], heard: [...heard] });
}

const isLive = ({ call }: CallDetail) => whenEnded(call) === null;

function withLines(detail: CallDetail): CallDetail {
  return isLive(detail) ? { ...detail, lines: mergeLines(detail.heard, detail) } : detail;
}

function applyCall(detail: CallDetail, { call, previousVersion, added }: CallPush): Applied<CallDetail> {
  const isNewer = isNewerCall(call, detail.call);
  const known = added ? addRows(detail, added) : detail;
  const next = isNewer ? { ...known, call } : known;
  return {
    // Once the call is over, its hangs come from the server, like its lines.
    next: isLive(detail) ? withHangs(next) : next,
    stale: previousVersion > detail.call.version || (isNewer && whenEnded(call) !== null),
  };
}

function withHangs(detail: CallDetail): CallDetail {
  const { call, marks, heard } = detail;
  const hasWarning = marks.some(({ kind }) => kind === "hang");
  return hasWarning ? { ...detail, hangs: callHangs(call, { marks, lines: heard }) } : detail;
}

function addRows(detail: CallDetail, added: Added): CallDetail {
  return withLines({
    ...detail,
    heard: isLive(detail) ? [...addSourceLines(detail.heard, added.lines)] : detail.heard,
    marks: [
      ...unionById(
        detail.marks,
        added.marks,
        (mark) => mark.at,
        (known) => known,
      ),
    ],
    toolCalls: [...unionById(detail.toolCalls, added.toolCalls, (toolCall) => toolCall.askedAt, answered)],
  });
}

/** Prefers the answered one; of two answers the earlier, which is the one the assistant received. */
function answered(a: ToolCall, b: ToolCall): ToolCall {
  if (a.answeredAt === null || b.answeredAt === null) return a.answeredAt === null ? b : a;
  return a.answeredAt <= b.answeredAt ? a : b;
}
