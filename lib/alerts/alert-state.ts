import type { Alert } from "@/lib/alerts/alert";

export const alertStates = [
  "open",
  "acknowledged",
  "snoozed",
  "resolved",
  "call-ended",
  "recovered",
] as const;

export type AlertState = (typeof alertStates)[number];

/** The one word for where an alert stands at `now` (epoch ms). What people decided outdoes what happened since. */
export function alertState({ acts, outcome }: Pick<Alert, "acts" | "outcome">, now: number): AlertState {
  if (acts.resolved) return "resolved";
  if (outcome !== "open") return outcome;
  if (acts.snoozedUntil && Date.parse(acts.snoozedUntil) > now) return "snoozed";
  return acts.acknowledged ? "acknowledged" : "open";
}
