import "server-only";
import { getIncidents } from "@/db/queries/incidents/read";
import { updateIncidentRow } from "@/db/queries/incidents/write";
import type { Actionable } from "@/lib/alerts/server/perform";
import type { Incident } from "@/lib/incidents/incident";

/** Actions on incidents. */
export const incidentActions: Actionable<Incident> = {
  what: "incident",
  actions: {
    acknowledge: "incident.acknowledged",
    assign: "incident.assigned",
    snooze: "incident.snoozed",
    note: "incident.noted",
    resolve: "incident.resolved",
  },
  find: async (db, id) => (await getIncidents(db, [id]))[0] ?? null,
  update: updateIncidentRow,
  toSubjectRef: (incidentId) => ({ incidentId }),
  toAudit: ({ id }) => ({ target: id }),
};
