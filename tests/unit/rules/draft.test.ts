import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, conditionSchema } from "@/lib/rules/condition";
import { toDraft, toRule } from "@/lib/rules/draft";

const leaf = fc.constantFrom<Condition>(
  { kind: "phrase", speaker: "user", phrase: "refund", match: "words" },
  { kind: "silence", seconds: 8 },
  { kind: "threat" },
);

const { whole } = fc.letrec<{ whole: Condition; several: Condition[] }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    fc.record({ kind: fc.constantFrom("and" as const, "or" as const), of: tie("several") }),
    fc.record({ kind: fc.constant("not" as const), of: tie("whole") }),
  ),
  several: fc.array(tie("whole"), { minLength: 2, maxLength: 3 }),
}));

test("rule form: opening and saving a rule with any conditions changes nothing", () => {
  const checked = whole.filter((condition) => conditionSchema.safeParse(condition).success);
  fc.assert(
    fc.property(checked, (when) => {
      const scope = { assistants: ["clinic"], numbers: ["+15550100100"], directions: ["web" as const] };
      const actions = [{ kind: "alert" as const }];
      const rule = { name: "Refund", enabled: false, severity: "info" as const, scope, when, do: actions };
      expect(toRule(toDraft(rule), rule)).toEqual(rule);
    }),
  );
});
