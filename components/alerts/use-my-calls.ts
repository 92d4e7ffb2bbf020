"use client";

import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useOpenAlerts } from "@/components/alerts/use-open-alerts";

/** The ids of the calls whose alert whoever looks has: was given it or, with nobody given it, has acknowledged it. */
export function useMyCalls(): ReadonlySet<string> {
  const { me } = useAlertsContext();
  const mine = useOpenAlerts().filter(({ acts }) => (acts.assignee ?? acts.acknowledged?.by)?.id === me.id);
  return new Set(mine.map(({ callId }) => callId));
}
