"use client";

import { AlertActions } from "@/components/alerts/alert-actions";
import { AlertStanding, LiveLength } from "@/components/alerts/alert-parts";
import { kindIcons } from "@/components/alerts/alert-style";
import { alertEdge } from "@/components/alerts/row-alert";
import { classNames } from "@/components/ui/class-names";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { alertLabel } from "@/lib/alerts/rules";

/** A call's open alerts with their actions, one per line if there is room. */
export function OpenCallAlerts({ alerts }: { alerts: readonly Alert[] }) {
  const open = alerts.filter(isOngoing);
  if (open.length === 0) return null;
  return (
    <ul
      aria-label="Open alerts of this call"
      className="@container sticky top-0 z-20 divide-y divide-line border-line border-b bg-surface"
    >
      {open.map((alert) => {
        const Icon = kindIcons[alert.kind];
        return (
          <li
            key={alert.id}
            data-alert={alert.id}
            className={classNames(
              "flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 sm:px-4",
              alertEdge(alert),
            )}
          >
            <span className="flex items-center gap-2 font-medium text-hang">
              <Icon aria-hidden className="size-4 shrink-0" />
              {alertLabel(alert.kind)}
              <span className="text-[1.15em] leading-none">
                <LiveLength alert={alert} />
              </span>
            </span>
            <span className="min-w-0 text-xs">
              <AlertStanding alert={alert} />
            </span>
            <span className="max-sm:[&_button]:h-11 @2xl:ml-auto">
              <AlertActions alert={alert} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
