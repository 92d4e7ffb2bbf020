import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Condition, conditionSchema } from "@/lib/rules/condition";
import { describeCondition, mayFire } from "@/lib/rules/conditions";
import { findFirings } from "@/lib/rules/evaluate";
import { toRuleFacts } from "@/lib/rules/facts";
import { wordsOf } from "@/lib/rules/phrases";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { everyCall, firings, line, makeRecord, tool } from "@/tests/support/makers/make-rule-facts";
import { makeSpeechFacts, speaks } from "@/tests/support/makers/make-speech-facts";

const phrase = (text: string, match = "words", speaker = "any") => ({
  kind: "phrase",
  speaker,
  phrase: text,
  match,
});

describe("a rule about words", () => {
  const lines = [
    line("assistant", 2, "How can I help?"),
    line("user", 5, "I want to CANCEL"),
    line("user", 7, "my account, está claro"),
    line("assistant", 9, "I am sorry to hear that."),
  ];

  test("fires once per call, with the line that completes the words within a turn", () => {
    expect(firings(phrase("account cancel"), { lines })).toEqual([[7, null]]);
    expect(firings(phrase("cancel my account", "exact"), { lines: [...lines, ...lines] })).toEqual([
      [7, null],
    ]);
    expect(firings(phrase("account my", "exact"), { lines })).toEqual([]);
  });

  test("matches only the speaker it names", () => {
    expect(firings(phrase("sorry", "words", "user"), { lines })).toEqual([]);
    expect(firings(phrase("sorry", "words", "assistant"), { lines })).toEqual([[9, null]]);
  });

  test("ignores case and accents, and does not match parts of words", () => {
    expect(firings(phrase("ESTA"), { lines })).toEqual([[7, null]]);
    expect(firings(phrase("count"), { lines })).toEqual([]);
  });

  test("matches an RE2 pattern across the lines of a turn, without catastrophic backtracking", () => {
    expect(firings(phrase("cancel.*acc\\w+", "pattern"), { lines })).toEqual([[7, null]]);
    expect(
      firings(phrase("(a+)+$", "pattern"), { lines: [line("user", 1, `${"a".repeat(50_000)}!`)] }),
    ).toEqual([]);
  });

  test.each([
    ["(?<=a)b", "pattern"],
    ["(a)\\1", "pattern"],
    ["(", "pattern"],
    ["a*", "pattern"],
    ["…!", "words"],
  ])("rejects %j as %s", (text, match) => {
    expect(conditionSchema.safeParse(phrase(text, match)).success).toBe(false);
  });

  test("records the kind of sensitive data as evidence, not the data", () => {
    const facts = toRuleFacts(
      makeRecord({ lines: [line("user", 4, "4242 4242"), line("user", 6, "4242 4242")] }),
      0,
    );
    const when = conditionSchema.parse({ kind: "sensitive-data", data: ["card"] });
    expect(findFirings({ scope: everyCall, when }, { ...facts, now: Date.parse(atSecond(9)) })).toMatchObject(
      [{ from: Date.parse(atSecond(6)), sign: { text: "Card number" } }],
    );
  });

  test("fires for a threat found by Vapi's security filter", () => {
    const filter = { threats: ["prompt-injection"], original: null };
    expect(
      firings({ kind: "threat" }, { lines: [...lines, line("user", 12, "[filtered]", filter)] }),
    ).toEqual([[12, null]]);
  });
});

describe("a rule about events", () => {
  test("counts failures among a tool's last calls, and ends when there are fewer", () => {
    const toolCalls = [
      tool(1, true),
      tool(2, false),
      tool(3, true),
      tool(4, true, "other"),
      tool(5, false),
      tool(6, false),
    ];
    expect(firings({ kind: "tool-failing", failures: 2, of: 3 }, { toolCalls })).toEqual([[3, 5]]);
    expect(firings({ kind: "tool-failing", tool: "other", failures: 1, of: 1 }, { toolCalls })).toEqual([
      [4, null],
    ]);
  });

  test("for silence or no answer fires in each episode and ends with it", () => {
    const marks = [...speaks("user", 2, 4), ...speaks("assistant", 12, 14), ...speaks("user", 24, 26)];
    const heard = { marks, heard: makeSpeechFacts(marks) };
    expect(firings({ kind: "silence", seconds: 8 }, heard, 30)).toEqual([[22, 24]]);
    expect(firings({ kind: "no-answer", seconds: 5 }, heard, 40)).toEqual([
      [9, 12],
      [31, null],
    ]);
  });

  test("for length fires when it is reached, and for cost or end reason when the call ends", () => {
    const marks = speaks("user", 2, 4);
    const ended = {
      call: makeCall({ endedReason: "pipeline-error-openai-llm-failed", costUsd: 1.5 }),
      heard: { ...makeSpeechFacts(marks), endedAt: atSecond(40) },
    };
    expect(firings({ kind: "length", seconds: 20 }, { heard: makeSpeechFacts(marks) }, 19)).toEqual([]);
    expect(firings({ kind: "length", seconds: 20 }, { heard: makeSpeechFacts(marks) }, 25)).toEqual([
      [20, null],
    ]);
    expect(firings({ kind: "length", seconds: 50 }, ended)).toEqual([]);
    expect(firings({ kind: "cost", usd: 1.5 }, ended)).toEqual([[40, null]]);
    expect(firings({ kind: "end-reason", reasons: ["pipeline-error-*"] }, ended)).toEqual([[40, null]]);
    expect(firings({ kind: "end-reason", groups: ["ended-well"] }, ended)).toEqual([]);
  });
});

describe("a rule with several conditions", () => {
  const lines = [line("assistant", 10, "This call is recorded")];
  const marks = speaks("user", 2, 4);
  const unannounced = {
    kind: "and",
    of: [
      { kind: "length", seconds: 20 },
      { kind: "not", of: phrase("call is recorded", "exact", "assistant") },
    ],
  };

  test("combines them with and, or and not", () => {
    expect(firings(unannounced, { heard: makeSpeechFacts(marks) })).toEqual([[20, null]]);
    expect(firings(unannounced, { heard: makeSpeechFacts(marks), lines })).toEqual([]);
    expect(
      firings(
        { kind: "or", of: [phrase("recorded"), { kind: "length", seconds: 5 }] },
        { heard: makeSpeechFacts(marks), lines },
      ),
    ).toEqual([[5, null]]);
  });

  test("and a scope applies only to calls within the scope", () => {
    const facts = toRuleFacts(makeRecord({ lines }), Date.parse(atSecond(60)));
    const when: Condition = conditionSchema.parse(phrase("recorded"));
    expect(findFirings({ scope: { ...everyCall, assistants: ["billing"] }, when }, facts)).toEqual([]);
    expect(
      findFirings({ scope: { ...everyCall, assistants: ["clinic"], directions: ["inbound"] }, when }, facts),
    ).toHaveLength(1);
  });

  test("is rejected if it is too deep or too large", () => {
    const nest = (depth: number): object =>
      depth === 0 ? phrase("a") : { kind: "not", of: nest(depth - 1) };
    expect(conditionSchema.safeParse(nest(6)).success).toBe(true);
    expect(conditionSchema.safeParse(nest(7)).success).toBe(false);
    const wide = {
      kind: "and",
      of: Array.from({ length: 10 }, () => ({ kind: "or", of: [phrase("a"), phrase("b")] })),
    };
    expect(conditionSchema.safeParse(wide).success).toBe(false);
  });
});

const words = fc.constantFrom("cancel", "my", "account", "sorry", "please", "the");
const spoken = fc.array(
  fc.tuple(
    fc.constantFrom("user" as const, "assistant" as const),
    fc.array(words, { minLength: 1, maxLength: 4 }),
  ),
  {
    minLength: 1,
    maxLength: 12,
  },
);

test("rules: the pre-check never skips an event that completes a phrase", () => {
  const condition = fc.record({
    kind: fc.constant("phrase" as const),
    speaker: fc.constantFrom("user" as const, "assistant" as const, "any" as const),
    phrase: fc.array(words, { minLength: 1, maxLength: 3 }).map((each) => each.join(" ")),
    match: fc.constantFrom("words" as const, "exact" as const, "pattern" as const),
  });
  fc.assert(
    fc.property(condition, spoken, (when, pieces) => {
      const lines = pieces.map(([role, text], index) => line(role, index, text.join(" ")));
      const firesWith = (count: number) => firings(when, { lines: lines.slice(0, count) }).length > 0;
      lines.forEach((each, index) => {
        if (!firesWith(index + 1) || firesWith(index)) return;
        const before = lines.slice(0, index).filter(({ role }) => role === each.role);
        const soFar = { words: wordsOf(before.map(({ text }) => text).join(" ")), digits: 0 };
        const newly = { role: each.role, text: each.text, words: wordsOf(each.text) };
        const quiet = {
          hasTools: false,
          hasThreats: false,
          isInterruption: false,
          isSpeech: false,
          isEnd: false,
        };
        for (const known of [null, soFar]) {
          const said = [{ ...newly, soFar: known }];
          expect(mayFire(when, { said, ...quiet, quietMs: 0, ageMs: 0 })).toBe(true);
        }
      });
    }),
  );
});

test("rules: the pre-check skips events whose speaker has not said all words of a phrase, or with too few digits", () => {
  const event = (text: string, soFar: string | null, differences: object = {}) => {
    const known = soFar === null ? null : { words: wordsOf(soFar), digits: soFar.match(/\d/g)?.length ?? 0 };
    const said = [{ role: "user" as const, text, words: wordsOf(text), soFar: known }];
    const quiet = {
      hasTools: false,
      hasThreats: false,
      isInterruption: false,
      isSpeech: false,
      isEnd: false,
    };
    return { said, ...quiet, quietMs: 0, ageMs: 0, ...differences };
  };
  const refund = conditionSchema.parse(phrase("refund my order"));
  expect(mayFire(refund, event("a refund", null))).toBe(true);
  expect(mayFire(refund, event("a refund", "my a refund"))).toBe(false);
  expect(mayFire(refund, event("a refund", "my order a refund"))).toBe(true);
  expect(mayFire(refund, event("please", "my order refund"))).toBe(false);
  const data = (kind: string) => conditionSchema.parse({ kind: "sensitive-data", data: [kind] });
  expect(mayFire(data("card"), event("at 3 pm", "at 3 pm"))).toBe(false);
  expect(mayFire(data("card"), event("1111", "4111 1111 1111 1111"))).toBe(true);
  expect(mayFire(data("card"), event("1111", null))).toBe(true);
  expect(mayFire(data("email"), event("amy@example.com", "amy@example.com"))).toBe(true);
  expect(mayFire(data("card"), event("[card number]", "[card number]"))).toBe(true);
  const unless = (negated: object) =>
    conditionSchema.parse({ kind: "and", of: [refund, { kind: "not", of: negated }] });
  expect(mayFire(unless({ kind: "length", seconds: 60 }), event("please", null))).toBe(false);
  const slow = { kind: "response-time", seconds: 3 };
  expect(mayFire(unless(slow), event("please", null))).toBe(false);
  expect(mayFire(unless(slow), event("please", null, { isSpeech: true }))).toBe(true);
  expect(mayFire(conditionSchema.parse({ kind: "not", of: refund }), event("please", null))).toBe(true);
});

test("rules: a condition with a phrase and a silence is described in words", () => {
  expect(
    describeCondition(
      conditionSchema.parse({
        kind: "and",
        of: [phrase("refund", "words", "user"), { kind: "silence", seconds: 8 }],
      }),
    ),
  ).toBe("the caller says the words “refund” and it is silent for 8 s");
});
