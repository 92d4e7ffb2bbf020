import type { Alert } from "@/lib/alerts/alert";
import { toAlertId } from "@/lib/alerts/alert-id";
import type { AlertRules } from "@/lib/alerts/alert-rules";
import type { AlertKind } from "@/lib/alerts/episode";
import { noActs } from "@/lib/alerts/no-acts";
import type { Call } from "@/lib/calls/call";
import { silenceSince } from "@/lib/calls/silence-since";
import { staleAfterMs } from "@/lib/calls/stale-after-ms";

/**
 * The alert a call has become by nothing but time, by what a board knows of it: the browser's clock need not wait for the
 * server's. Null while there is none. The server's own alert, when it comes, has the same id.
 */
export function toClockAlert(call: Call, rules: AlertRules, now: number): Alert | null {
  if (call.hangingSince !== null) return null;
  if (now - Date.parse(call.lastEventAt) > staleAfterMs) return null;
  const since = silenceSince(call, now);
  if (since === null) return null;
  const found = judge(call, rules, now - since);
  if (!found) return null;
  const at = new Date(since).toISOString();
  return {
    kind: found.kind,
    id: toAlertId(call.id, at),
    callId: call.id,
    callVersion: call.version,
    call: toSummary(call),
    since: at,
    openedAt: new Date(since + found.afterSeconds * 1000).toISOString(),
    hangs: 0,
    closedAt: null,
    outcome: "open",
    acts: noActs,
  };
}

/** By the last line it is known who spoke last; where there is none, only the longer rule can be sure. */
function judge(
  { lastLine }: Call,
  rules: AlertRules,
  silentMs: number,
): { kind: AlertKind; afterSeconds: number } | null {
  const { noAnswerSeconds, silenceSeconds } = rules;
  if (noAnswerSeconds !== null && lastLine?.role === "user" && silentMs >= noAnswerSeconds * 1000)
    return { kind: "no-answer", afterSeconds: noAnswerSeconds };
  if (silenceSeconds !== null && silentMs >= silenceSeconds * 1000)
    return { kind: "silence", afterSeconds: silenceSeconds };
  return null;
}

function toSummary(call: Call): Alert["call"] {
  const { customerName, customerNumber, direction, assistantId, assistantName, endedReason } = call;
  return { customerName, customerNumber, direction, assistantId, assistantName, endedReason };
}
