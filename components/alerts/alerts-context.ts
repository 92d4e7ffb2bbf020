"use client";

import { createContext, use, useSyncExternalStore } from "react";
import type { Announcer } from "@/components/alerts/announcer";
import type { Bell, BellState } from "@/components/alerts/bell";
import type { AlertActor } from "@/lib/alerts/alert";

export interface AlertsContextValue {
  /** The viewer. */
  me: AlertActor;
  /** Whether they may acknowledge, assign, snooze and resolve. */
  canAct: boolean;
  announcer: Announcer;
  bell: Bell;
}

export const AlertsContext = createContext<AlertsContextValue | null>(null);

/** The viewer, their permissions, the announcer and the bell. Throws outside an AlertsProvider. */
export function useAlertsContext(): AlertsContextValue {
  const value = use(AlertsContext);
  if (!value) throw new Error("Alerts need an AlertsProvider above them.");
  return value;
}

const getUnset = (): BellState => "muted";

/** Whether this tab can be heard, kept current. */
export function useBellState(): BellState {
  const { bell } = useAlertsContext();
  return useSyncExternalStore(bell.watch, bell.getState, getUnset);
}
