import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { actBodySchema, actKindSchema, actRequestSchema } from "@/lib/alerts/alert";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { incidentSchema } from "@/lib/incidents/incident";
import { performIncidentAction } from "@/lib/incidents/server/act";
import { sendDue } from "@/lib/notifications/server/send-due";
import { publishIncidents } from "@/lib/realtime/server/publish";

/** 409 says who was first. */
export const POST = route("POST", "/api/incidents/[incidentId]/[act]", {
  access: "alerts.act",
  summary: "Acknowledge, assign, snooze, note or resolve an incident, as with alerts",
  params: { incidentId: z.uuid(), act: actKindSchema },
  body: actBodySchema,
  answer: z.object({ incident: incidentSchema }),
  notFound: { detail: "There is no such incident, or no such thing to do about it." },
  async handle({ params: { incidentId, act }, body, actor, by, notFound }) {
    const asked = actRequestSchema.safeParse({ ...body, kind: act });
    if (!asked.success) return problem(422, "Invalid", z.prettifyError(asked.error));
    const { id, name } = actor;
    const performed = await performIncidentAction(db, incidentId, asked.data, { id, name }, by);
    switch (performed.outcome) {
      case "done":
        after(async () => {
          await Promise.all([publishIncidents([performed.incident]), sendDue(db)]);
        });
        return { incident: performed.incident };
      case "conflict":
        return problem(409, "Somebody was first", performed.why);
      case "no-such-assignee":
        return problem(422, "Invalid", "No person with this ID can take incidents.");
      case "not-found":
        return notFound();
    }
  },
});
