import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { readSetting, writeSetting } from "@/db/queries/settings";
import { alertRulesSchema, alertRulesSetting } from "@/lib/alerts/rules";
import { forgetAlertRules } from "@/lib/alerts/server/derive";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";

/** `{ rules }`: from when silence is worth a look, and from when it is an alert. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "calls.view");
  if (refused) return refused;
  return Response.json({ rules: await readSetting(db, alertRulesSetting) });
}

/** Sets all of them at once; every instance judges by them within seconds. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, alertRulesSchema);
  if (body.refused) return body.refused;
  const rules = body.value;
  await db.transaction(async (tx) => {
    await writeSetting(tx, alertRulesSetting, rules);
    const detail = Object.fromEntries(
      Object.entries(rules).map(([name, value]) => [name, String(value ?? "off")]),
    );
    await recordAudit(tx, { ...auditedBy(actor, request), action: "alert-rules.changed", detail });
  });
  forgetAlertRules();
  return Response.json({ rules });
}
