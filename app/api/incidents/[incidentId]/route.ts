import { z } from "zod";
import { db } from "@/db/client";
import { getIncidentDetail } from "@/db/queries/incidents/read";
import { isMaskedFor } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";
import { incidentDetailSchema, maskIncidentDetail } from "@/lib/incidents/detail";

export const GET = route("GET", "/api/incidents/[incidentId]", {
  access: "calls.view",
  summary: "Get an incident with its newest 500 calls",
  params: { incidentId: z.uuid() },
  answer: incidentDetailSchema,
  notFound: { detail: "Incident not found." },
  async handle({ params, actor, notFound }) {
    const detail = await getIncidentDetail(db, params.incidentId);
    if (!detail) return notFound();
    return isMaskedFor(actor) ? maskIncidentDetail(detail) : detail;
  },
});
