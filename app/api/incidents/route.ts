import { z } from "zod";
import { db } from "@/db/client";
import { listIncidents } from "@/db/queries/incidents/read";
import { isMaskedFor } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";
import { maskIncident } from "@/lib/incidents/incident";
import { incidentListSchema } from "@/lib/incidents/queries";

/** Those that are open and unresolved; with `state=all` the newest 200 of all. */
export const GET = route("GET", "/api/incidents", {
  access: "calls.view",
  summary: "Incidents: those open now, or the newest of all",
  query: z.object({ state: z.enum(["open", "all"]).default("open") }),
  answer: incidentListSchema,
  async handle({ query, actor }) {
    const incidents = await listIncidents(db, query.state);
    return { incidents: isMaskedFor(actor) ? incidents.map(maskIncident) : incidents };
  },
});
