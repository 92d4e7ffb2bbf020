import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { actionBodySchema, actionKindSchema } from "@/lib/alerts/alert";
import { answerAction, performOn } from "@/lib/alerts/server/perform";
import { route } from "@/lib/http/server/route";
import { incidentSchema } from "@/lib/incidents/incident";
import { incidentActions } from "@/lib/incidents/server/actions";
import { sendDue } from "@/lib/notifications/server/send-due";
import { publishIncidents } from "@/lib/realtime/server/publish";

/** 409 says what has changed in the meantime. */
export const POST = route("POST", "/api/incidents/[incidentId]/[action]", {
  access: "alerts.act",
  summary: "Acknowledge, assign, snooze, annotate or resolve an incident",
  params: { incidentId: z.uuid(), action: actionKindSchema },
  body: actionBodySchema,
  answer: z.object({ incident: incidentSchema }),
  notFound: { detail: "Incident or action not found." },
  async handle({ params: { incidentId, action }, body, actor: { id, name }, by, notFound }) {
    const answered = await answerAction(
      { action, body },
      (request) => performOn(db, incidentActions, incidentId, request, { id, name }, by),
      notFound,
    );
    if ("refused" in answered) return answered.refused;
    const { subject: incident } = answered;
    after(async () => {
      await Promise.all([publishIncidents([incident]), sendDue(db)]);
    });
    return { incident };
  },
});
