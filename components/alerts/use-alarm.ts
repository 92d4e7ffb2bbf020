"use client";

import { useEffect, useRef } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import type { Alert } from "@/lib/alerts/alert";

/** Rings for alerts that come while a page is open, and not for those it came with. `alerts`: null until they are known. */
export function useAlarm(alerts: readonly Alert[] | null): void {
  const { alarm } = useAlertsContext();
  const hasCome = useRef(false);
  useEffect(() => {
    if (!alerts) return;
    if (hasCome.current) alarm.notice(alerts);
    else alarm.know(alerts);
    hasCome.current = true;
  }, [alarm, alerts]);
}
