import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { actionBodySchema, actionKindSchema, alertSchema } from "@/lib/alerts/alert";
import { performAction } from "@/lib/alerts/server/actions";
import { answerAction } from "@/lib/alerts/server/perform";
import { route } from "@/lib/http/server/route";
import { publishAlerts } from "@/lib/realtime/server/publish";

/** 409 says what has changed in the meantime. */
export const POST = route("POST", "/api/alerts/[alertId]/[action]", {
  access: "alerts.act",
  summary: "Acknowledge, assign, snooze, annotate or resolve an alert; the path names the action",
  params: { action: actionKindSchema },
  body: actionBodySchema,
  answer: z.object({ alert: alertSchema }),
  notFound: { detail: "Alert or action not found." },
  async handle({ params: { alertId, action }, body, actor: { id, name }, by, notFound }) {
    const answered = await answerAction(
      { action, body },
      (request) => performAction(db, alertId, request, { id, name }, by),
      notFound,
    );
    if ("refused" in answered) return answered.refused;
    const { subject: alert } = answered;
    after(publishAlerts([alert]));
    return { alert };
  },
});
