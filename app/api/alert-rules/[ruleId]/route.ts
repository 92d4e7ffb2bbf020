import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";
import { ruleChangeSchema, storedRuleSchema } from "@/lib/rules/rule";
import { changeRule, deleteRule } from "@/lib/rules/server/manage";

const path = "/api/alert-rules/[ruleId]";
const params = { ruleId: uuidSchema };
const notFound = { detail: "Rule not found." };

export const PATCH = route("PATCH", path, {
  access: "settings.manage",
  summary: "Update an alert rule; omitted fields stay the same",
  params,
  body: ruleChangeSchema,
  answer: storedRuleSchema,
  notFound,
  async handle({ params, body, by, notFound }) {
    const changed = await changeRule(db, params.ruleId, body, by);
    switch (changed.outcome) {
      case "changed":
        return changed.rule;
      case "not-found":
        return notFound();
      case "untested":
        return problem(409, "Not back-tested", "Back-test the saved rule, then turn on its live actions.");
    }
  },
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete an alert rule; the alerts it raised are kept",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) => ((await deleteRule(db, params.ruleId, by)) ? null : notFound()),
});
