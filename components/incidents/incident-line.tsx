"use client";

import { Siren } from "lucide-react";
import { Standing } from "@/components/alerts/alert-parts";
import { alertStateStyle } from "@/components/alerts/alert-style";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useNow } from "@/components/clock/clock";
import { LocalTime } from "@/components/clock/local-time";
import { useIncidentAction } from "@/components/incidents/incident-actions";
import { Button } from "@/components/ui/button";
import { CutText } from "@/components/ui/cut-text";
import { Link } from "@/components/ui/link";
import { formatCount } from "@/lib/format";
import { causeTitle, describeEvidence } from "@/lib/incidents/cause-label";
import { type Incident, incidentState } from "@/lib/incidents/incident";

/** An incident in one line: number of calls, likely cause and state. Links to its page. */
export function IncidentLine({ incident }: { incident: Incident }) {
  const { canAct } = useAlertsContext();
  const perform = useIncidentAction(incident);
  const { id, cause, callCount, openedAt, acts } = incident;
  return (
    <li className="relative flex flex-wrap items-center gap-x-3 gap-y-1 bg-hang-soft px-3 py-2 text-sm sm:px-4">
      <Link
        href={`/incidents/${id}`}
        className="flex min-w-0 max-w-full items-center rounded font-medium text-hang outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
      >
        <Siren aria-hidden className="mr-3 size-4 shrink-0" />
        <span className="whitespace-pre">Incident: </span>
        <CutText>{causeTitle(cause)}</CutText>
        {!cause.metric && <span className="whitespace-pre"> · {formatCount(callCount, "call")}</span>}
      </Link>
      <span className="min-w-0 truncate text-ink text-xs max-sm:hidden">
        {describeEvidence(cause)} · since <LocalTime at={openedAt} />
      </span>
      <span className="ml-auto text-xs">
        <IncidentStanding incident={incident} />
      </span>
      {canAct && !acts.acknowledged && (
        <Button
          variant="primary"
          size="small"
          className="relative z-10"
          aria-label={`Acknowledge: ${causeTitle(cause)}`}
          onClick={() => perform({ kind: "acknowledge" })}
        >
          Acknowledge
        </Button>
      )}
    </li>
  );
}

/** An incident's state, and who acknowledged it or is assigned. */
export function IncidentStanding({ incident }: { incident: Incident }) {
  const state = incidentState(incident, useNow());
  return <Standing state={state} style={alertStateStyle({ kind: "hang" }, state)} acts={incident.acts} />;
}
