import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { actKindSchema, readActRequest } from "@/lib/alerts/act-request";
import { carryOutAct } from "@/lib/alerts/carry-out-act";
import { auditedBy } from "@/lib/auth/audited-by";
import { authorize } from "@/lib/auth/authorize";
import { problem } from "@/lib/http/problem";
import { readJson } from "@/lib/http/read-json";
import { publishAlerts } from "@/lib/realtime/publish-alerts";

type Context = RouteContext<"/api/alerts/[alertId]/[act]">;

/** `acknowledge`, `assign`, `snooze`, `note` or `resolve`: 200 `{ alert }`; 409 says who was first. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "alerts.act");
  if (refused) return refused;
  const { alertId, act } = await params;
  const kind = actKindSchema.safeParse(act);
  if (!kind.success) return problem(404, "Not found", "There is no such thing to do about an alert.");
  const body = await readJson(request, z.unknown());
  if (body.refused) return body.refused;
  const read = readActRequest(kind.data, body.value);
  if ("why" in read) return problem(422, "Invalid", read.why);

  const { id, name } = actor;
  const done = await carryOutAct(db, alertId, read.request, { id, name }, auditedBy(actor, request));
  switch (done.outcome) {
    case "done":
      after(publishAlerts([done.alert]));
      return Response.json({ alert: done.alert });
    case "late":
      return problem(409, "Somebody was first", done.why);
    case "nobody":
      return problem(422, "Invalid", "There is nobody of this id who may take alerts.");
    case "unknown":
      return problem(404, "Not found", "There is no such alert.");
  }
}
