"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import { useNow } from "@/components/clock/clock";
import { LiveAgo } from "@/components/clock/local-time";
import { IncidentStanding } from "@/components/incidents/incident-line";
import { CutText } from "@/components/ui/cut-text";
import { Link } from "@/components/ui/link";
import { PastSection } from "@/components/ui/past-section";
import { formatCount, formatDuration } from "@/lib/format";
import { causeTitle, describeEvidence } from "@/lib/incidents/cause-label";
import { type Incident, isIncidentOpen } from "@/lib/incidents/incident";
import { pastIncidentsQuery } from "@/lib/incidents/queries";
import { applyPushToPastIncidents } from "@/lib/live/apply-to-incidents";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/** Closed incidents, newest first. */
export function PastIncidents() {
  useChannel(boardChannel, pastIncidentsQuery.queryKey, applyPushToPastIncidents);
  const list = useInfiniteQuery({ ...pastIncidentsQuery, refetchInterval: usePollInterval() });
  const past = list.data?.pages.flatMap(({ incidents }) => incidents) ?? [];
  const rows = past
    .filter((incident) => !isIncidentOpen(incident))
    .map((incident) => <PastIncident key={incident.id} incident={incident} />);
  return <PastSection title="Past incidents" list={list} rows={rows} />;
}

/** Shows the cause, evidence, number of calls, outcome, who resolved it and the duration. */
function PastIncident({ incident }: { incident: Incident }) {
  const { id, cause, callCount, openedAt } = incident;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-3 py-2.5 text-xs hover:bg-hover sm:px-4 md:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_5.5rem_4.5rem_6rem]">
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-2 text-sm">
          <Siren aria-hidden className="size-4 shrink-0 text-muted" />
          <Link
            href={`/incidents/${id}`}
            className="min-w-0 rounded font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            <CutText>{causeTitle(cause)}</CutText>
          </Link>
        </p>
        <p className="truncate pl-6 text-muted">{describeEvidence(cause)}</p>
      </div>
      <p className="min-w-0 max-md:order-3">
        <IncidentStanding incident={incident} />
      </p>
      <p className="text-muted max-md:order-4 max-md:text-right md:text-right">
        {!cause.metric && formatCount(callCount, "call")}
      </p>
      <p className="text-right text-sm max-md:order-2">
        <span className="sr-only">Lasted </span>
        <Length incident={incident} />
      </p>
      <p className="text-muted max-md:order-5 max-md:col-span-2 md:text-right">
        <LiveAgo at={openedAt} />
      </p>
    </li>
  );
}

/** Ticks while the cause persists, even if the incident has been resolved. */
function Length({ incident: { since, closedAt } }: { incident: Incident }) {
  const now = useNow();
  return formatDuration((closedAt === null ? now : Date.parse(closedAt)) - Date.parse(since));
}
