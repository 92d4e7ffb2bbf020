import * as z from "zod";
import { type Alert, type AlertKind, noActs, toAlertId } from "@/lib/alerts/alert";
import { type Call, staleAfterMs } from "@/lib/calls/call";
import { silenceSince } from "@/lib/calls/state";
import { defineSetting } from "@/lib/settings/setting";

const seconds = z.number().int().min(1).max(600);

/** From when silence is worth a look, from when it is long, and from when it is an alert; all in seconds. */
export const alertRulesSchema = z
  .object({
    /** Amber on the silence clock. */
    waitingSeconds: seconds,
    /** Red on the silence clock. */
    longSeconds: seconds,
    /** The caller has stopped speaking and the assistant has not begun; null: no alert for it. */
    noAnswerSeconds: seconds.nullable(),
    /** Nobody speaks, whoever spoke last; null: no alert for it. */
    silenceSeconds: seconds.nullable(),
  })
  .refine((rules) => rules.waitingSeconds < rules.longSeconds, {
    path: ["longSeconds"],
    error: "Red must come after amber.",
  });

export type AlertRules = z.infer<typeof alertRulesSchema>;

/** Callers look for card numbers, so silence they may break takes longer than one only the assistant can. */
export const alertRulesSetting = defineSetting("alert-rules", alertRulesSchema, {
  waitingSeconds: 5,
  longSeconds: 10,
  noAnswerSeconds: 10,
  silenceSeconds: 20,
});

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
