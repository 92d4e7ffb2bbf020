import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { actionBodySchema, actionKindSchema } from "@/lib/alerts/alert";
import { answerAction, performOn } from "@/lib/alerts/server/perform";
import { versionAlertActions } from "@/lib/analytics/server/version-actions";
import { versionAlertSchema } from "@/lib/analytics/version-alert";
import { route } from "@/lib/http/server/route";
import { sendDue } from "@/lib/notifications/server/send-due";
import { publishStale } from "@/lib/realtime/server/publish";

/** 409 says what has changed in the meantime. */
export const POST = route("POST", "/api/analytics/version-alerts/[versionAlertId]/[action]", {
  access: "alerts.act",
  summary: "Acknowledge, assign, snooze, annotate or resolve a version alert",
  params: { versionAlertId: z.uuid(), action: actionKindSchema },
  body: actionBodySchema,
  answer: z.object({ alert: versionAlertSchema }),
  notFound: { detail: "Alert or action not found." },
  async handle({ params: { versionAlertId, action }, body, actor: { id, name }, by, notFound }) {
    const answered = await answerAction(
      { action, body },
      (request) => performOn(db, versionAlertActions, versionAlertId, request, { id, name }, by),
      notFound,
    );
    if ("refused" in answered) return answered.refused;
    const { subject: alert } = answered;
    after(async () => {
      await Promise.all([publishStale(alert.id), sendDue(db)]);
    });
    return { alert };
  },
});
