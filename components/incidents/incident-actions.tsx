"use client";

import * as z from "zod";
import { ActionButtons } from "@/components/alerts/action-buttons";
import { useAction } from "@/components/alerts/use-action";
import { causeTitle } from "@/lib/incidents/cause-label";
import { patchCachedIncident } from "@/lib/incidents/detail";
import { type Incident, incidentSchema, isIncidentOpen, joinIncident } from "@/lib/incidents/incident";

const answerSchema = z.object({ incident: incidentSchema });

/** Returns a function that performs an action on an incident. */
export function useIncidentAction({ id, acts }: Incident) {
  return useAction<Incident>({
    path: `/api/incidents/${id}`,
    acts,
    readAnswer: (answer) => answerSchema.parse(answer).incident,
    join: joinIncident,
    patch: (client, change) => patchCachedIncident(client, id, change),
    queryKey: ["incidents"],
  });
}

export function IncidentActions({ incident }: { incident: Incident }) {
  const perform = useIncidentAction(incident);
  return (
    <ActionButtons
      id={incident.id}
      what={causeTitle(incident.cause)}
      noun="incident"
      acts={incident.acts}
      isOpen={isIncidentOpen(incident)}
      perform={perform}
    />
  );
}
