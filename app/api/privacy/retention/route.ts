import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { setRetention } from "@/lib/privacy/server/erase";
import { retentionSchema, retentionSetting } from "@/lib/privacy/subject";

/** How many days each kind of data is kept; null: until it is deleted. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json(await readSetting(db, retentionSetting));
}

/** Sets all of it. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, retentionSchema);
  if (body.refused) return body.refused;
  await setRetention(db, body.value, auditedBy(actor, request));
  return new Response(null, { status: 204 });
}
