"use client";

import { createContext, use } from "react";
import type { Alarm } from "@/components/alerts/alarm";
import type { AlertActor } from "@/lib/alerts/alert";

export interface AlertsContextValue {
  /** Whoever looks. */
  me: AlertActor;
  /** Whether they may acknowledge, assign, snooze and resolve. */
  canAct: boolean;
  alarm: Alarm;
  /** Says why something could not be done; null: nothing to say any more. */
  complain: (why: string | null) => void;
}

export const AlertsContext = createContext<AlertsContextValue | null>(null);

/** Who looks, what they may do, and how they are told. Throws outside an AlertsProvider. */
export function useAlertsContext(): AlertsContextValue {
  const value = use(AlertsContext);
  if (!value) throw new Error("Alerts need an AlertsProvider above them.");
  return value;
}
