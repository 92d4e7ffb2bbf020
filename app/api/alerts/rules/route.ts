import { z } from "zod";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { readSetting, writeSetting } from "@/db/queries/settings";
import { alertRulesSchema, alertRulesSetting } from "@/lib/alerts/rules";
import { forgetAlertRules } from "@/lib/alerts/server/derive";
import { route } from "@/lib/http/server/route";

const rulesAnswer = z.object({ rules: alertRulesSchema });

export const GET = route("GET", "/api/alerts/rules", {
  access: "calls.view",
  summary: "Get the thresholds for amber silence and for silence alerts",
  answer: rulesAnswer,
  handle: async () => ({ rules: await readSetting(db, alertRulesSetting) }),
});

/** Every instance applies them within seconds. */
export const PUT = route("PUT", "/api/alerts/rules", {
  access: "settings.manage",
  summary: "Replace the silence thresholds",
  body: alertRulesSchema,
  answer: rulesAnswer,
  async handle({ body: rules, by }) {
    await db.transaction(async (tx) => {
      await writeSetting(tx, alertRulesSetting, rules);
      const detail = Object.fromEntries(
        Object.entries(rules).map(([name, value]) => [name, String(value ?? "off")]),
      );
      await recordAudit(tx, { ...by, action: "alert-rules.changed", detail });
    });
    forgetAlertRules();
    return { rules };
  },
});
