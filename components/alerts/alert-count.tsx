"use client";

import { useOpenAlerts } from "@/components/alerts/use-open-alerts";
import { useNow } from "@/components/clock/clock";
import { alertState } from "@/lib/alerts/alert";

/** How many alerts are not acknowledged; nothing while there is none. */
export function AlertCount() {
  const now = useNow();
  const count = useOpenAlerts().filter((alert) => alertState(alert, now) === "open").length;
  if (count === 0) return null;
  return (
    <span className="ml-1.5 inline-block whitespace-nowrap rounded-full bg-hang-soft px-1.5 font-semibold text-hang text-xs">
      {count.toLocaleString("en")}
      <span className="sr-only"> not acknowledged</span>
    </span>
  );
}
