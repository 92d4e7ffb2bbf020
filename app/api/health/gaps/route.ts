import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { gapRulesSchema } from "@/lib/reconciliation/coverage";
import { setGapRules } from "@/lib/reconciliation/server/gaps";

export const PUT = route("PUT", "/api/health/gaps", {
  access: "settings.manage",
  summary: "Set the hourly share of calls and reports below which to alert; 0 turns the alert off",
  body: gapRulesSchema,
  answer: null,
  async handle({ body, by }) {
    await setGapRules(db, body, by);
    return null;
  },
});
