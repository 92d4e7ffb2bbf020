"use client";

import { type ReactNode, useState } from "react";
import { Alarm } from "@/components/alerts/alarm";
import { AlertWatch } from "@/components/alerts/alert-watch";
import { AlertsContext } from "@/components/alerts/alerts-context";
import { Complaint } from "@/components/alerts/complaint";
import type { AlertActor } from "@/lib/alerts/alert";

interface AlertsProviderProps {
  me: AlertActor;
  canAct: boolean;
  children: ReactNode;
}

/** What every page needs of alerts: who looks, what they may do, and to be told of new ones. */
export function AlertsProvider({ me, canAct, children }: AlertsProviderProps) {
  const [alarm] = useState(() => new Alarm());
  const [why, complain] = useState<string | null>(null);
  return (
    <AlertsContext value={{ me, canAct, alarm, complain }}>
      <AlertWatch />
      {children}
      <Complaint why={why} onClose={() => complain(null)} />
    </AlertsContext>
  );
}
