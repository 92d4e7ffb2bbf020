import * as z from "zod";
import {
  type Alert,
  type AlertKind,
  type EpisodeKind,
  episodeKinds,
  noActions,
  toAlertId,
} from "@/lib/alerts/alert";
import { hang } from "@/lib/alerts/rules/hang";
import { noAnswer } from "@/lib/alerts/rules/no-answer";
import type { AlertRule } from "@/lib/alerts/rules/rule";
import { silence } from "@/lib/alerts/rules/silence";
import { type Call, callTitle, staleAfterMs } from "@/lib/calls/call";
import { silenceSince } from "@/lib/calls/state";
import { defineSetting } from "@/lib/settings/setting";

const seconds = z.number().int().min(1).max(600);

/** Thresholds of silence in seconds: shown as waiting (amber), shown as long (red), raised as an alert. */
export const alertRulesSchema = z
  .object({
    /** The silence clock turns amber. */
    waitingSeconds: seconds,
    /** The silence clock turns red. */
    longSeconds: seconds,
    /** Seconds the assistant may take to start answering before an alert; null turns it off. */
    noAnswerSeconds: seconds.nullable(),
    /** Seconds of silence on both sides before an alert; null turns it off. */
    silenceSeconds: seconds.nullable(),
  })
  .refine((rules) => rules.waitingSeconds < rules.longSeconds, {
    path: ["longSeconds"],
    error: "Red must come after amber.",
  });

export type AlertRules = z.infer<typeof alertRulesSchema>;

/**
 * Callers may be looking for a card number, so silence on both sides may last longer than the assistant may take to
 * answer.
 */
export const alertRulesSetting = defineSetting("alert-rules", alertRulesSchema, {
  waitingSeconds: 5,
  longSeconds: 10,
  noAnswerSeconds: 10,
  silenceSeconds: 20,
});

const ruleOf: Readonly<Record<EpisodeKind, AlertRule>> = { hang, "no-answer": noAnswer, silence };

/** All rules, in the order in which they name an episode. */
export const alertRules: readonly AlertRule[] = episodeKinds.map((kind) => ruleOf[kind]);

export const alertLabel = (kind: AlertKind) => (kind === "rule" ? "Rule" : ruleOf[kind].label);

/** "Call from +1 555 010 0103 is hanging". */
export function describeAlert({ call, kind, rule }: Pick<Alert, "call" | "kind" | "rule">): string {
  const title = callTitle(call);
  const who = title === "Web call" ? "Web call" : `Call from ${title}`;
  return kind === "rule" ? `${who}: ${rule?.name ?? "a rule fired"}` : `${who} ${ruleOf[kind].sentence}`;
}

/**
 * Returns the alert that silence alone has opened on a call, or null. Derived from the board's data, so the browser
 * need not wait for the server, whose own alert has the same id.
 */
export function toClockAlert(call: Call, rules: AlertRules, now: number): Alert | null {
  if (call.hangingSince !== null) return null;
  if (now - Date.parse(call.lastEventAt) > staleAfterMs) return null;
  const since = silenceSince(call, now);
  if (since === null) return null;
  // Without a last line it is unknown who spoke last, so only the rule for silence on both sides applies.
  const lasting = { ms: now - since, after: call.lastLine?.role ?? null };
  const found = alertRules
    .map(({ kind, clock }) => ({ kind, afterSeconds: clock(lasting, rules) }))
    .find((each): each is { kind: EpisodeKind; afterSeconds: number } => each.afterSeconds !== null);
  if (!found) return null;
  const at = new Date(since).toISOString();
  return {
    kind: found.kind,
    rule: null,
    id: toAlertId(call.id, at),
    callId: call.id,
    callVersion: call.version,
    call: toSummary(call),
    since: at,
    openedAt: new Date(since + found.afterSeconds * 1000).toISOString(),
    hangs: 0,
    closedAt: null,
    outcome: "open",
    acts: noActions,
  };
}

function toSummary(call: Call): Alert["call"] {
  const { customerName, customerNumber, direction, assistantId, assistantName, endedReason } = call;
  return { customerName, customerNumber, direction, assistantId, assistantName, endedReason };
}
