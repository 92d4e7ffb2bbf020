"use client";

import { stateLook } from "@/components/alerts/alert-look";
import { LocalTime } from "@/components/clock/local-time";
import { useNow } from "@/components/clock/use-now";
import { classNames } from "@/components/ui/class-names";
import { type Incident, incidentState } from "@/lib/incidents/incident";

/** Where an incident stands, and who has it. */
export function IncidentStanding({ incident }: { incident: Incident }) {
  const state = incidentState(incident, useNow());
  const { Icon, word, text } = stateLook({ kind: "hang" }, state);
  const { acknowledged, assignee, snoozedUntil, resolved } = incident.acts;
  return (
    <span data-state={state} className="inline-flex min-w-0 max-w-full items-center gap-1.5">
      <Icon aria-hidden className={classNames("size-3.5 shrink-0", text)} />
      <span className="min-w-0 truncate">
        <span className={text}>{word}</span>
        {state === "acknowledged" && ` by ${acknowledged?.by.name}`}
        {state === "resolved" && ` by ${resolved?.by.name}`}
        {state === "snoozed" && snoozedUntil && (
          <>
            {" "}
            until <LocalTime at={snoozedUntil} />
          </>
        )}
        {assignee && ` · assigned to ${assignee.name}`}
      </span>
    </span>
  );
}
