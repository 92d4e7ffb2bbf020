"use client";

import * as z from "zod";
import { ActButtons } from "@/components/alerts/act-buttons";
import { useAct } from "@/components/alerts/use-act";
import { causeTitle } from "@/lib/incidents/cause-label";
import { patchCachedIncident } from "@/lib/incidents/detail";
import { type Incident, incidentSchema, isIncidentOpen, joinIncident } from "@/lib/incidents/incident";

const answerSchema = z.object({ incident: incidentSchema });

/** Returns a function that performs an action on an incident. */
export function useIncidentAct({ id, acts }: Incident) {
  return useAct<Incident>({
    path: `/api/incidents/${id}`,
    acts,
    readAnswer: (answer) => answerSchema.parse(answer).incident,
    join: joinIncident,
    patch: (client, change) => patchCachedIncident(client, id, change),
    queryKey: ["incidents"],
  });
}

export function IncidentActions({ incident }: { incident: Incident }) {
  const perform = useIncidentAct(incident);
  return (
    <ActButtons
      what={causeTitle(incident.cause)}
      noun="incident"
      acts={incident.acts}
      isOpen={isIncidentOpen(incident)}
      perform={perform}
    />
  );
}
