import { type Rule, ruleSchema } from "@/lib/routing/routing";

type RuleInput = Omit<Partial<Parameters<typeof ruleSchema.parse>[0] & object>, never> & {
  name?: string;
  when?: object;
  answer?: object;
  isEnabled?: boolean;
  id?: string;
};

let count = 0;

/** Makes a rule that matches every call unless `given` narrows it. Each has its own id. */
export function makeRule(given: RuleInput = {}): Rule {
  count += 1;
  return ruleSchema.parse({
    id: `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`,
    name: `Rule ${count}`,
    answer: {
      kind: "assistant-id",
      assistantId: `41e4a819-0000-4e88-8f1e-${String(count).padStart(12, "0")}`,
    },
    ...given,
  });
}
