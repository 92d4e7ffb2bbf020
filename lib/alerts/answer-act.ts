import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { actKindSchema, actRequestSchema } from "@/lib/alerts/act-request";
import { type CarriedOut, carryOutAct } from "@/lib/alerts/carry-out-act";
import { auditedBy } from "@/lib/auth/audited-by";
import { authorize } from "@/lib/auth/authorize";
import { problem } from "@/lib/http/problem";
import { readJson } from "@/lib/http/read-json";
import { publishAlerts } from "@/lib/realtime/publish-alerts";

interface Answered {
  response: Response;
  /** What goes on after the answer has left. Never rejects. */
  later: Promise<void>;
}

/** One request to do something about an alert, from request to response: 200 `{ alert }`; 409 says who was first. */
export async function answerAct(request: Request, alertId: string, act: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "alerts.act");
  if (refused) return only(refused);
  const kind = actKindSchema.safeParse(act);
  if (!kind.success) return only(problem(404, "Not found", "There is no such thing to do about an alert."));
  const body = await readJson(request, z.record(z.string(), z.unknown()));
  if (body.refused) return only(body.refused);
  const asked = actRequestSchema.safeParse({ ...body.value, kind: kind.data });
  if (!asked.success) return only(problem(422, "Invalid", z.prettifyError(asked.error)));

  const { id, name } = actor;
  const done = await carryOutAct(db, alertId, asked.data, { id, name }, auditedBy(actor, request));
  if (done.outcome !== "done") return only(refuse(done));
  return { response: Response.json({ alert: done.alert }), later: publishAlerts([done.alert]) };
}

function refuse(done: Exclude<CarriedOut, { outcome: "done" }>): Response {
  switch (done.outcome) {
    case "late":
      return problem(409, "Somebody was first", done.why);
    case "nobody":
      return problem(422, "Invalid", "There is nobody of this id who may take alerts.");
    case "unknown":
      return problem(404, "Not found", "There is no such alert.");
  }
}

function only(response: Response): Answered {
  return { response, later: Promise.resolve() };
}
