import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { dryRunSchema } from "@/lib/routing/request";
import { tryRouting } from "@/lib/routing/server/manage";

/** Who would take a call, why, and the exact JSON Vapi would be sent. Changes nothing. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, dryRunSchema);
  if (body.refused) return body.refused;
  return Response.json(await tryRouting(db, body.value));
}
