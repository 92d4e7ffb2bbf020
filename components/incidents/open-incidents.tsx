"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { isIncidentOpen } from "@/lib/incidents/incident";
import { openIncidentsQuery } from "@/lib/incidents/queries";
import { applyPushToIncidents } from "@/lib/live/apply-to-incidents";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

// Loaded on demand: there is rarely one.
const IncidentLine = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/incidents/incident-line")).then((module) => module.IncidentLine),
  ),
);

/** One line per open incident; renders nothing if there is none. */
export function OpenIncidents() {
  useChannel(boardChannel, openIncidentsQuery.queryKey, applyPushToIncidents);
  const { data } = useQuery({ ...openIncidentsQuery, refetchInterval: usePollInterval() });
  const open = data?.filter(isIncidentOpen) ?? [];
  if (open.length === 0) return null;
  return (
    <ul aria-label="Open incidents" className="divide-y divide-line border-line border-b">
      {open.map((incident) => (
        <IncidentLine key={incident.id} incident={incident} />
      ))}
    </ul>
  );
}
