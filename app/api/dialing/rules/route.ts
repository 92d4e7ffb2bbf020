import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { dialingRulesSchema, dialingRulesSetting } from "@/lib/dialing/rules";
import { setDialingRules } from "@/lib/dialing/server/dialing";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/dialing/rules", {
  access: "settings.manage",
  summary: "Get calling hours for campaigns",
  answer: dialingRulesSchema,
  handle: () => readSetting(db, dialingRulesSetting),
});

export const PUT = route("PUT", "/api/dialing/rules", {
  access: "settings.manage",
  summary: "Set calling hours for campaigns",
  body: dialingRulesSchema,
  answer: null,
  async handle({ body, by }) {
    await setDialingRules(db, body, by);
    return null;
  },
});
