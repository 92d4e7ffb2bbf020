"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { versionAlertsQuery } from "@/lib/analytics/version-queries";
import { isIncidentOpen } from "@/lib/incidents/incident";
import { applyPushToVersionAlerts } from "@/lib/live/apply-to-incidents";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

// Loaded on demand: there is rarely one.
const VersionAlertLine = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/analytics/version-alert-line")).then(
      (module) => module.VersionAlertLine,
    ),
  ),
);

/**
 * One line per version that is worse than the one before; renders nothing if there is none.
 * @param hasLog whether to show what people did
 */
export function WorseVersionsBanner({ hasLog = true }: { hasLog?: boolean }) {
  useChannel(boardChannel, versionAlertsQuery.queryKey, applyPushToVersionAlerts);
  const { data } = useQuery(versionAlertsQuery);
  const open = data?.alerts.filter(isIncidentOpen) ?? [];
  if (open.length === 0) return null;
  return (
    <ul
      aria-label="Worse versions"
      className="divide-y divide-line border-line border-b bg-danger-soft text-sm"
    >
      {open.map((alert) => (
        <VersionAlertLine key={alert.id} alert={alert} hasLog={hasLog} />
      ))}
    </ul>
  );
}
