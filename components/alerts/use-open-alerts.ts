"use client";

import { useQuery } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useNow } from "@/components/clock/clock";
import { useOutdatedSince } from "@/components/realtime/use-outdated-since";
import { type Alert, alertState, chooseAlertPerCall, isOngoing } from "@/lib/alerts/alert";
import { alertRulesQuery, openAlertsQuery } from "@/lib/alerts/queries";
import { toClockAlert } from "@/lib/alerts/rules";
import type { Call } from "@/lib/calls/call";
import { liveCallsQuery } from "@/lib/calls/queries";

const none: readonly Alert[] = [];

/** Open alerts from the cache; AlertWatch keeps it current on every page. */
export function useOpenAlerts(): readonly Alert[] {
  const { data } = useQuery({ ...openAlertsQuery, enabled: false });
  return data?.filter(isOngoing) ?? none;
}

/**
 * Alerts due to time alone, by this browser's clock, that the server has not reported yet. None while the calls are outdated:
 * without a connection every call looks silent. Null before the rules are known.
 */
export function useClockAlerts(calls: readonly Call[]): readonly Alert[] | null {
  const { data: rules } = useQuery(alertRulesQuery);
  const { data: known } = useQuery({ ...openAlertsQuery, enabled: false });
  const now = useNow();
  const isOutdated = useOutdatedSince(liveCallsQuery.queryKey) !== null;
  if (!rules) return null;
  if (isOutdated) return none;
  const isKnown = new Set(known?.map(({ id }) => id));
  return calls.flatMap((call) => toClockAlert(call, rules, now) ?? []).filter(({ id }) => !isKnown.has(id));
}

/** The board's state of alerts. */
export interface Attention {
  /** By call, the alert whose cause persists: the one chosen among the open ones, or else a resolved one. */
  byCall: ReadonlyMap<string, Alert>;
  /** Calls with an open alert, and whether it has been acknowledged or snoozed. */
  open: ReadonlyMap<string, { since: string; isSeen: boolean }>;
  /** Number of open alerts per kind. */
  kinds: Readonly<Record<Alert["kind"], number>>;
  /** Calls whose alert is assigned to the viewer or, without an assignee, was acknowledged by the viewer. */
  mine: ReadonlySet<string>;
}

/** Alerts of the board's calls, from the server and from this browser's clock. */
export function useAttention(calls: readonly Call[]): Attention {
  const { me } = useAlertsContext();
  const { data = none } = useQuery({ ...openAlertsQuery, enabled: false });
  const clock = useClockAlerts(calls) ?? none;
  const now = useNow();
  const open = [...data.filter(isOngoing), ...clock];
  const resolved = data.filter(({ acts, outcome }) => acts.resolved !== null && outcome === "open");
  const count = (kind: Alert["kind"]) => open.filter((alert) => alert.kind === kind).length;
  return {
    byCall: chooseAlertPerCall([...resolved, ...open], now),
    open: new Map(
      [...chooseAlertPerCall(open, now)].map(([callId, alert]) => [
        callId,
        { since: alert.since, isSeen: alertState(alert, now) !== "open" },
      ]),
    ),
    kinds: {
      hang: count("hang"),
      "no-answer": count("no-answer"),
      silence: count("silence"),
      rule: count("rule"),
    },
    mine: new Set(
      open
        .filter(({ acts }) => (acts.assignee ?? acts.acknowledged?.by)?.id === me.id)
        .map(({ callId }) => callId),
    ),
  };
}
