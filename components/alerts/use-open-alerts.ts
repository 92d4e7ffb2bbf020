"use client";

import { useQuery } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";

const none: readonly Alert[] = [];

/** Alerts that are going on, as the cache knows them; AlertWatch keeps it current on every page. */
export function useOpenAlerts(): readonly Alert[] {
  const { data } = useQuery({ ...openAlertsQuery, enabled: false });
  return data?.filter(isOngoing) ?? none;
}

/** The alert of one call that is going on, or null. */
export function useOpenAlert(callId: string): Alert | null {
  return useOpenAlerts().find((alert) => alert.callId === callId) ?? null;
}

/** The ids of the calls whose alert whoever looks has: was given it or, with nobody given it, has acknowledged it. */
export function useMyCalls(): ReadonlySet<string> {
  const { me } = useAlertsContext();
  const mine = useOpenAlerts().filter(({ acts }) => (acts.assignee ?? acts.acknowledged?.by)?.id === me.id);
  return new Set(mine.map(({ callId }) => callId));
}
