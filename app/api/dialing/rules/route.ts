import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { dialingRulesSchema, dialingRulesSetting } from "@/lib/dialing/rules";
import { setDialingRules } from "@/lib/dialing/server/dialing";
import { readJson } from "@/lib/http/server/http";

/** When campaigns may dial: `{ weekdays, from, to, zones }`. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json(await readSetting(db, dialingRulesSetting));
}

/** Sets when campaigns may dial. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, dialingRulesSchema);
  if (body.refused) return body.refused;
  await setDialingRules(db, body.value, auditedBy(actor, request));
  return new Response(null, { status: 204 });
}
