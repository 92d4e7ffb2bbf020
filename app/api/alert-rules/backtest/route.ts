import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { backtestRequestSchema, backtestSchema } from "@/lib/rules/rule";
import { backtest, backtestRule } from "@/lib/rules/server/backtest";

const everywhere = { assistants: [], numbers: [], directions: [] };

export const POST = route("POST", "/api/alert-rules/backtest", {
  access: "settings.manage",
  summary: "Back-test an alert rule: when it would have fired in the last 30 days",
  body: backtestRequestSchema,
  answer: backtestSchema,
  notFound: { detail: "Rule not found." },
  async handle({ body, notFound }) {
    if (!("ruleId" in body)) return backtest(db, { scope: body.scope ?? everywhere, when: body.when });
    return (await backtestRule(db, body.ruleId)) ?? notFound();
  },
});
