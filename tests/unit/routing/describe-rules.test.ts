import { describe, expect, test } from "vitest";
import { describeAnswer, describeConditions } from "@/lib/routing/describe-routing";
import { conditionsSchema } from "@/lib/routing/routing";
import { makeRule } from "@/tests/support/makers/make-rule";

const describeWhen = (when: object) => describeConditions(conditionsSchema.parse(when));
const time = { zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const answer = (given: object) => describeAnswer(makeRule({ answer: given }).answer);
const id = "41e4a819-abcd-4e88-8f1e-b9794d12a9ea";

describe("a routing rule in words", () => {
  test.each([
    [{}, "Every call"],
    [{ called: ["+15550100900"] }, "Calls to +15550100900"],
    [{ called: ["1", "2", "3"] }, "Calls to 1, 2, 3"],
    [{ called: ["1", "2", "3", "4", "5"] }, "Calls to 1, 2, 3 and 2 more"],
    [
      { callers: { numbers: ["+15550100103"], prefixes: ["+4930"], isWithheld: true } },
      "Calls from +15550100103 or numbers starting with +4930 or a withheld number",
    ],
    [{ callers: { isWithheld: true } }, "Calls from a withheld number"],
    [{ countries: ["DE", "US"] }, "Calls from Germany, United States"],
    [{ time }, "Calls Mon–Fri 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [7, 1, 2, 3, 4, 5, 6] } }, "Calls every day 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [5, 1, 1] } }, "Calls Mon, Fri 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [1, 2] } }, "Calls Mon, Tue 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [3, 1, 2] } }, "Calls Mon–Wed 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [3, 4, 5] } }, "Calls Wed–Fri 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [1, 2, 4] } }, "Calls Mon, Tue, Thu 09:00–17:00 (Europe/Berlin)"],
    [{ time: { ...time, weekdays: [7] } }, "Calls Sun 09:00–17:00 (Europe/Berlin)"],
    [
      { time: { ...time, from: "22:00", to: "06:00" } },
      "Calls Mon–Fri 22:00–06:00 the next day (Europe/Berlin)",
    ],
    [{ time: { ...time, from: "09:00", to: "09:00" } }, "Calls Mon–Fri all day (Europe/Berlin)"],
    [
      {
        fields: [
          { path: "tier", test: "is", value: "gold" },
          { path: "plan", test: "is-not", value: "trial" },
          { path: "name", test: "is-set" },
          { path: "debt", test: "is-not-set" },
        ],
      },
      "Calls when tier is “gold”, when plan is not “trial”, when name is set, when debt is not set",
    ],
  ])("shows the conditions %j as a sentence", (when, sentence) => {
    expect(describeWhen(when)).toBe(sentence);
  });

  test.each([
    [{ kind: "assistant-id", assistantId: id }, `assistant ${id}`],
    [{ kind: "assistant", assistant: { name: "Night desk" } }, "an inline assistant, Night desk"],
    [{ kind: "assistant", assistant: {} }, "an inline assistant"],
    [{ kind: "squad-id", squadId: id }, `squad ${id}`],
    [
      { kind: "squad", squad: { members: [{ assistantId: id }, { assistantId: id }] } },
      "an inline squad, 2 members",
    ],
    [{ kind: "workflow-id", workflowId: id }, `workflow ${id}`],
    [{ kind: "number", number: "+15550100100" }, "a transfer to +15550100100"],
    [{ kind: "number", number: "+15550100100", extension: "12" }, "a transfer to +15550100100, extension 12"],
    [{ kind: "sip", sipUri: "sip:desk@example.com" }, "a transfer to sip:desk@example.com"],
    [{ kind: "error", error: "We are closed." }, "no assistant; the caller hears “We are closed.”"],
  ])("names who answers the call: %j", (given, words) => {
    expect(answer(given)).toBe(words);
  });
});
