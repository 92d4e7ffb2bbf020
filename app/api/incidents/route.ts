import { db } from "@/db/client";
import { listIncidentPage } from "@/db/queries/incidents/read";
import { isMaskedFor } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";
import { incidentListQuerySchema, incidentPageSchema, maskIncident } from "@/lib/incidents/incident";

export const GET = route("GET", "/api/incidents", {
  access: "calls.view",
  summary: "List open, past or all incidents, newest first",
  query: incidentListQuerySchema,
  answer: incidentPageSchema,
  async handle({ query, actor }) {
    const { incidents, nextCursor } = await listIncidentPage(db, query);
    return { incidents: isMaskedFor(actor) ? incidents.map(maskIncident) : incidents, nextCursor };
  },
});
