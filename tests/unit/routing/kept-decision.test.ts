import { expect, test } from "vitest";
import { chooseAnswer } from "@/lib/routing/choose-answer";
import { toRouted } from "@/lib/routing/server/answer-request";
import { makeRule } from "@/tests/support/makers/make-rule";

const receivedAt = new Date("2026-06-05T10:00:00Z");
const after = (ms: number) => receivedAt.getTime() + ms;

function decide(...rules: ReturnType<typeof makeRule>[]) {
  return chooseAnswer({
    request: { caller: "+4930901820", called: ["+15550100100"] },
    routing: { rules, defaultAnswer: null },
    ownAnswer: null,
    context: {},
    now: receivedAt,
    fallbackAssistantId: undefined,
  });
}

test("routing: a stored decision has the request's times and the rule that answered, but no caller data", () => {
  const rule = makeRule({ name: "Night" });
  const kept = toRouted({ callId: "c", receivedAt }, { decision: decide(rule), at: after(40) }, after(55));
  expect(kept).toEqual({
    callId: "c",
    arrivedAt: receivedAt,
    decidedMs: 40,
    answeredMs: 55,
    source: "rule",
    ruleId: rule.id,
    ruleName: "Night",
  });
});

test("routing: a decision without a matching rule stores none, and a clock set back makes no time negative", () => {
  const kept = toRouted({ callId: null, receivedAt }, { decision: decide(), at: after(-5) }, after(0));
  expect(kept).toMatchObject({
    decidedMs: 0,
    answeredMs: 0,
    source: "apology",
    ruleId: null,
    ruleName: null,
  });
});
