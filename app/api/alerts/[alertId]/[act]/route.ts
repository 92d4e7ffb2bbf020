import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { actBodySchema, actKindSchema, actRequestSchema, alertSchema } from "@/lib/alerts/alert";
import { performAction } from "@/lib/alerts/server/act";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { publishAlerts } from "@/lib/realtime/server/publish";

/** 409 says who was first. */
export const POST = route("POST", "/api/alerts/[alertId]/[act]", {
  access: "alerts.act",
  summary: "Acknowledge, assign, snooze, note or resolve; `kind` stands in the address, the rest in the body",
  params: { act: actKindSchema },
  body: actBodySchema,
  answer: z.object({ alert: alertSchema }),
  notFound: { detail: "There is no such thing to do about an alert." },
  async handle({ params: { alertId, act }, body, actor, by }) {
    const asked = actRequestSchema.safeParse({ ...body, kind: act });
    if (!asked.success) return problem(422, "Invalid", z.prettifyError(asked.error));
    const { id, name } = actor;
    const done = await performAction(db, alertId, asked.data, { id, name }, by);
    switch (done.outcome) {
      case "done":
        after(publishAlerts([done.alert]));
        return { alert: done.alert };
      case "late":
        return problem(409, "Somebody was first", done.why);
      case "nobody":
        return problem(422, "Invalid", "No person with this ID can take alerts.");
      case "unknown":
        return problem(404, "Not found", "There is no such alert.");
    }
  },
});
