import type { Call } from "@/lib/calls/call";

/** How long a caller waits for an answer before hanging up counts as giving up; as the usual alert for it. */
const noAnswerMs = 10_000;

/** Earshot's own end reason: the caller hung up inside an open hang, or while no answer came. */
export const hungUpWaiting = "caller-hung-up-waiting";

/** Vapi's codes of a caller who hung up. */
export const hangUpCodes: readonly string[] = [
  "customer-ended-call",
  "call.in-progress.twilio-completed-call",
  "call.in-progress.sip-completed-call",
  "vonage-completed",
];

interface LastHeard {
  endedAt: Date | null;
  hangAt: Date | null;
  assistantSpokeAt: Date | null;
  assistantStoppedAt: Date | null;
  userStoppedAt: Date | null;
  userFinalAt: Date | null;
}

/** Whether a call ended while its caller waited for the assistant: in a hang it did not recover from, or unanswered. */
export function isEndedWaiting(heard: LastHeard): boolean {
  const [endedAt, hangAt] = [toMs(heard.endedAt), toMs(heard.hangAt)];
  if (endedAt === 0) return false;
  const spokeAt = toMs(heard.assistantSpokeAt);
  if (hangAt > spokeAt && hangAt < endedAt) return true;
  const askedAt = Math.max(toMs(heard.userStoppedAt), toMs(heard.userFinalAt));
  return askedAt > Math.max(spokeAt, toMs(heard.assistantStoppedAt)) && endedAt - askedAt >= noAnswerMs;
}

/** Why a call ended: Vapi's code, or Earshot's own where the caller who hung up was kept waiting. */
export function toEndCode({ endedReason, endedWaiting }: Pick<Call, "endedReason" | "endedWaiting">) {
  return endedWaiting && endedReason !== null && hangUpCodes.includes(endedReason)
    ? hungUpWaiting
    : endedReason;
}

function toMs(at: Date | null): number {
  return at?.getTime() ?? 0;
}
