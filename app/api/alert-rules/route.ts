import { db } from "@/db/client";
import { listRules } from "@/db/queries/rules";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { mostRules, ruleListSchema, ruleSchema, storedRuleSchema } from "@/lib/rules/rule";
import { createRule } from "@/lib/rules/server/manage";

export const GET = route("GET", "/api/alert-rules", {
  access: "rules.view",
  summary: "List alert rules by name, with how often each fired in the last 30 days",
  answer: ruleListSchema,
  handle: async () => ({ rules: await listRules(db) }),
});

export const POST = route("POST", "/api/alert-rules", {
  access: "settings.manage",
  summary: "Add an alert rule; its live actions stay off until it has been back-tested",
  body: ruleSchema,
  answer: storedRuleSchema,
  status: 201,
  async handle({ body, by }) {
    const created = await createRule(db, body, by);
    return (
      created ?? problem(409, "Too many rules", `There are already ${mostRules} rules. Delete one first.`)
    );
  },
});
