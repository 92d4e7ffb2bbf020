"use client";

import { CircleAlert, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { readAlarmSettings } from "@/components/alerts/alarm-settings";
import { AlertWatch } from "@/components/alerts/alert-watch";
import { AlertsContext } from "@/components/alerts/alerts-context";
import { Announcer } from "@/components/alerts/announcer";
import { Bell } from "@/components/alerts/bell";
import { IconButton } from "@/components/ui/button";
import type { AlertActor } from "@/lib/alerts/alert";

/** Why something could not be done, over whatever page there is; read out, and there until it is closed. */
export function UsageError({ why, onClose }: { why: string | null; onClose: () => void }) {
  return (
    <div role="alert" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center px-4">
      {why !== null && (
        <div className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-lg border border-danger bg-surface py-2 pr-2 pl-3 shadow-xl">
          <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
          <p>{why}</p>
          <IconButton label="Close" onClick={onClose} className="size-7">
            <X aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}

interface AlertsProviderProps {
  me: AlertActor;
  canAct: boolean;
  children: ReactNode;
}

/** What every page needs of alerts: who looks, what they may do, and to be told of new ones. */
export function AlertsProvider({ me, canAct, children }: AlertsProviderProps) {
  const [announcer] = useState(() => new Announcer());
  const [bell] = useState(() => new Bell());
  useEffect(() => bell.start(), [bell]);
  useEffect(() => {
    if (readAlarmSettings().push)
      void import("@/components/alerts/push").then(({ renewPush }) => renewPush());
  }, []);
  const [why, complain] = useState<string | null>(null);
  return (
    <AlertsContext value={{ me, canAct, announcer, bell, complain }}>
      <AlertWatch />
      {children}
      <UsageError why={why} onClose={() => complain(null)} />
    </AlertsContext>
  );
}
