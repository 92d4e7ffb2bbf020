import { z } from "zod";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { readSetting, writeSetting } from "@/db/queries/settings";
import { route } from "@/lib/http/server/route";
import { incidentRulesSchema, incidentRulesSetting } from "@/lib/incidents/rules";
import { forgetUsual } from "@/lib/rates/server/usual";

const rulesAnswer = z.object({ rules: incidentRulesSchema });

export const GET = route("GET", "/api/incidents/rules", {
  access: "calls.view",
  summary: "Get the rules for opening and closing incidents",
  answer: rulesAnswer,
  handle: async () => ({ rules: await readSetting(db, incidentRulesSetting) }),
});

/** Every instance applies them within seconds. */
export const PUT = route("PUT", "/api/incidents/rules", {
  access: "settings.manage",
  summary: "Replace the incident rules",
  body: incidentRulesSchema,
  answer: rulesAnswer,
  async handle({ body: rules, by }) {
    await db.transaction(async (tx) => {
      await writeSetting(tx, incidentRulesSetting, rules);
      const detail = Object.fromEntries(Object.entries(rules).map(([name, value]) => [name, String(value)]));
      await recordAudit(tx, { ...by, action: "incident-rules.changed", detail });
    });
    forgetUsual();
    return { rules };
  },
});
