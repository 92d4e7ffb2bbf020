"use client";

import { stateLook } from "@/components/alerts/alert-look";
import { Standing } from "@/components/alerts/alert-parts";
import { useNow } from "@/components/clock/clock";
import { type Incident, incidentState } from "@/lib/incidents/incident";

/** Where an incident stands, and who has it. */
export function IncidentStanding({ incident }: { incident: Incident }) {
  const state = incidentState(incident, useNow());
  return <Standing state={state} look={stateLook({ kind: "hang" }, state)} acts={incident.acts} />;
}
