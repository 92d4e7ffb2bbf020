"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useState } from "react";
import { readAlarmSettings } from "@/components/alerts/alarm-settings";
import { AlertWatch } from "@/components/alerts/alert-watch";
import { AlertsContext } from "@/components/alerts/alerts-context";
import { Announcer } from "@/components/alerts/announcer";
import { Bell } from "@/components/alerts/bell";
import { loadCode } from "@/components/ui/load-later";
import type { AlertActor } from "@/lib/alerts/alert";

// Loaded before it is needed, because the first message may be that the network is down.
const Toasts = dynamic(
  () => loadCode(() => import("@/components/ui/toasts")).then((module) => module.Toasts),
  {
    ssr: false,
  },
);

interface AlertsProviderProps {
  me: AlertActor;
  canAct: boolean;
  children: ReactNode;
}

/** Provides what every page needs for alerts: the viewer, their permissions, the announcer and the bell. */
export function AlertsProvider({ me, canAct, children }: AlertsProviderProps) {
  const [announcer] = useState(() => new Announcer());
  const [bell] = useState(() => new Bell());
  useEffect(() => bell.start(), [bell]);
  useEffect(() => {
    if (readAlarmSettings().push)
      void import("@/components/alerts/push").then(({ renewPush }) => renewPush());
  }, []);
  return (
    <AlertsContext value={{ me, canAct, announcer, bell }}>
      <AlertWatch />
      {children}
      <Toasts />
    </AlertsContext>
  );
}
