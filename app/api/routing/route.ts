import { db } from "@/db/client";
import { readRouting } from "@/db/queries/routing";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { routingChangeSchema } from "@/lib/routing/routing";
import { saveRouting } from "@/lib/routing/server/manage";

/** `{ routing: { version, rules, defaultAnswer, changedBy, changedAt } }`: who takes which call. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json({ routing: await readRouting(db) });
}

/** Sets all of it, `{ version, rules, defaultAnswer }`; 409 when somebody has changed it since that version. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, routingChangeSchema);
  if (body.refused) return body.refused;
  const { version, ...wanted } = body.value;
  const { isSaved, routing } = await saveRouting(db, wanted, version, auditedBy(actor, request));
  if (isSaved) return Response.json({ routing });
  const detail = `${routing.changedBy ?? "Somebody"} has changed the rules meanwhile. Nothing of yours was saved: load them anew and make your change again.`;
  return problem(409, "The rules have changed", detail);
}
