import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Condition,
  type ConditionOf,
  conditionSchema,
  type SimpleCondition,
} from "@/lib/rules/condition";
import { toDraft, toRule } from "@/lib/rules/draft";
import { type RuleAction, ruleActionSchema } from "@/lib/rules/rule";

/** No setting is that of a new condition; a missing kind is a type error. */
const ofEachKind: { readonly [K in SimpleCondition["kind"]]: ConditionOf<K> } = {
  phrase: { kind: "phrase", speaker: "any", phrase: "refund", match: "exact" },
  "sensitive-data": { kind: "sensitive-data", speaker: "user", data: ["card", "ssn"] },
  "tool-failing": { kind: "tool-failing", tool: "lookup", failures: 2, of: 4 },
  "no-answer": { kind: "no-answer", seconds: 6 },
  silence: { kind: "silence", seconds: 8 },
  interruptions: { kind: "interruptions", count: 4 },
  length: { kind: "length", seconds: 300 },
  cost: { kind: "cost", usd: 2.5 },
  "response-time": { kind: "response-time", seconds: 1.5, percentile: 100 },
  "end-reason": { kind: "end-reason", reasons: ["pipeline-error-*"], groups: ["our-fault"] },
  threat: { kind: "threat" },
};

const leaf = fc.constantFrom<Condition>(...Object.values(ofEachKind));

const { whole } = fc.letrec<{ whole: Condition; several: Condition[] }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    fc.record({ kind: fc.constantFrom("and" as const, "or" as const), of: tie("several") }),
    fc.record({ kind: fc.constant("not" as const), of: tie("whole") }),
  ),
  several: fc.array(tie("whole"), { minLength: 2, maxLength: 3 }),
}));

function expectUnchanged(when: Condition, actions: RuleAction[] = [{ kind: "alert" }]): void {
  const scope = { assistants: ["clinic"], numbers: ["+15550100100"], directions: ["web" as const] };
  const rule = { name: "Refund", enabled: false, severity: "info" as const, scope, when, do: actions };
  expect(toRule(toDraft(rule), rule)).toEqual(rule);
}

test.each(Object.entries(ofEachKind))(
  "rule form: opening and saving a rule with a condition of the kind %s changes nothing",
  (_, condition) => {
    expect(conditionSchema.parse(condition)).toEqual(condition);
    expectUnchanged(condition);
    expectUnchanged({ kind: "not", of: condition });
  },
);

test("rule form: opening and saving a rule with any nested conditions changes nothing", () => {
  const checked = whole.filter((condition) => conditionSchema.safeParse(condition).success);
  fc.assert(fc.property(checked, (when) => expectUnchanged(when)));
});

const team = { directoryId: "00000000-0000-4000-8000-000000000001" };

/** Each kind as the form shows it, then as it cannot show it; a missing kind is a type error. */
const actionsOfEachKind: { readonly [K in RuleAction["kind"]]: Extract<RuleAction, { kind: K }>[] } = {
  alert: [{ kind: "alert" }],
  notify: [
    { kind: "notify", channelId: null },
    { kind: "notify", channelId: "00000000-0000-4000-8000-000000000002" },
  ],
  tag: [{ kind: "tag", tag: "refund" }],
  say: [{ kind: "say", text: "One moment, please." }],
  transfer: [
    { kind: "transfer", to: team },
    { kind: "transfer", to: team, say: "I connect you." },
    { kind: "transfer", to: { number: "+15550100142" } },
  ],
  end: [{ kind: "end" }, { kind: "end", say: "Goodbye." }],
};

test.each(Object.entries(actionsOfEachKind))(
  "rule form: opening and saving a rule with an action of the kind %s changes nothing, even if the form cannot show it",
  (_, actions) => {
    for (const action of actions) {
      expect(ruleActionSchema.parse(action)).toEqual(action);
      expectUnchanged({ kind: "threat" }, [action]);
    }
  },
);

test("rule form: opening and saving a rule with every action keeps each", () => {
  const shown = Object.values(actionsOfEachKind).map(([first]) => first);
  const others = Object.values(actionsOfEachKind).flatMap(([, ...rest]) => rest);
  expectUnchanged({ kind: "threat" }, [...shown.flatMap((action) => action ?? []), ...others]);
});
