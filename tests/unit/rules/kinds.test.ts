import { describe, expect, test } from "vitest";
import { conditionSchema, type SimpleCondition } from "@/lib/rules/condition";
import { describeCondition, mayFire } from "@/lib/rules/conditions";
import type { Delivered } from "@/lib/rules/delivered";
import type { CallRecord } from "@/lib/rules/facts";
import { wordsOf } from "@/lib/rules/phrases";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { firings, line, tool } from "@/tests/support/makers/make-rule-facts";
import { makeMark, makeSpeechFacts, speaks } from "@/tests/support/makers/make-speech-facts";

interface Example {
  when: object;
  words: string;
  /** A call in which the condition becomes true, and when it does, in seconds into the call. */
  call: Partial<CallRecord>;
  fires: [from: number, until: number | null][];
  /** A call that just misses it. */
  almost: Partial<CallRecord>;
  /** The event that makes it true, as the pre-check sees it. */
  event: Partial<Delivered>;
  /** Another event that may make it true. */
  otherEvent?: Partial<Delivered>;
}

const said = (text: string): Partial<Delivered> => ({
  said: [{ role: "user", text, words: wordsOf(text), soFar: null }],
});

const heard = (...marks: CallRecord["marks"]): Partial<CallRecord> => ({
  marks,
  heard: makeSpeechFacts(marks),
});

const ended = (call: Parameters<typeof makeCall>[0]): Partial<CallRecord> => ({
  call: makeCall({ costUsd: null, endedReason: null, ...call }),
  heard: makeSpeechFacts([], { endedAt: atSecond(40) }),
});

const interruption = (second: number) => makeMark("interrupted", null, second);

/** The assistant answers the caller after 4 s, 1 s and 3 s. */
const answers = [
  ...speaks("user", 2, 4),
  ...speaks("assistant", 8, 10),
  ...speaks("user", 12, 14),
  ...speaks("assistant", 15, 17),
  ...speaks("user", 20, 22),
  ...speaks("assistant", 25, 27),
];

/** Every kind of condition; a missing one is a type error. */
const examples: Record<SimpleCondition["kind"], Example> = {
  phrase: {
    when: { speaker: "user", phrase: "refund my order", match: "exact" },
    words: "the caller says exactly “refund my order”",
    call: { lines: [line("user", 5, "Please refund"), line("user", 7, "my order")] },
    fires: [[7, null]],
    almost: { lines: [line("user", 5, "Please refund"), line("assistant", 7, "my order")] },
    event: said("my order"),
  },
  "sensitive-data": {
    when: { speaker: "user", data: ["email"] },
    words: "the caller gives E-mail address",
    call: { lines: [line("user", 6, "It is amy@example.com")] },
    fires: [[6, null]],
    almost: {
      lines: [line("assistant", 6, "It is amy@example.com"), line("user", 8, "4111 1111 1111 1111")],
    },
    event: said("amy@example.com"),
  },
  "tool-failing": {
    when: { tool: "lookup", failures: 2, of: 3 },
    words: "2 of the last 3 calls of lookup failed",
    call: { toolCalls: [tool(1, true), tool(2, false), tool(3, true), tool(4, false)] },
    fires: [[3, 4]],
    almost: {
      toolCalls: [
        tool(1, true),
        tool(2, false),
        tool(3, true, "other"),
        tool(4, true, "other"),
        tool(5, false),
      ],
    },
    event: { hasTools: true },
    // A report brings the tool calls that another server answered.
    otherEvent: { isEnd: true },
  },
  "no-answer": {
    when: { seconds: 5 },
    words: "the caller waits 5 s for an answer",
    call: heard(...speaks("user", 2, 4), ...speaks("assistant", 12, 59)),
    fires: [[9, 12]],
    almost: heard(...speaks("user", 2, 4), ...speaks("assistant", 8, 12)),
    event: { quietMs: 5_000 },
  },
  silence: {
    when: { seconds: 8 },
    words: "it is silent for 8 s",
    call: heard(...speaks("user", 1, 4), ...speaks("user", 14, 59)),
    fires: [[12, 14]],
    almost: heard(...speaks("user", 1, 4), ...speaks("assistant", 11, 59)),
    event: { quietMs: 8_000 },
  },
  interruptions: {
    when: { count: 3 },
    words: "the assistant was interrupted 3 times",
    call: { marks: [interruption(9), interruption(3), interruption(6), interruption(12)] },
    fires: [[9, null]],
    // One of them was delivered twice.
    almost: { marks: [interruption(3), interruption(6), interruption(6), makeMark("hang", null, 9)] },
    event: { isInterruption: true },
  },
  length: {
    when: { seconds: 50 },
    words: "the call lasts 50 s",
    call: {},
    fires: [[50, null]],
    almost: ended({}),
    event: { ageMs: 50_000 },
  },
  cost: {
    when: { usd: 1.5 },
    words: "the call costs $1.5 or more",
    call: ended({ costUsd: 1.5 }),
    fires: [[40, null]],
    almost: ended({ costUsd: 1.49 }),
    event: { isEnd: true },
  },
  "response-time": {
    when: { seconds: 3, percentile: 50 },
    words: "the median response takes 3 s",
    call: { marks: answers },
    fires: [[25, null]],
    // The median of two would be 4 s, but two are too few.
    almost: { marks: answers.slice(0, 8) },
    event: { isSpeech: true },
  },
  "end-reason": {
    when: { reasons: ["pipeline-error-*"], groups: ["caller-gave-up"] },
    words: "the call ends with pipeline-error-*, caller-gave-up",
    call: ended({ endedReason: "pipeline-error-openai-llm-failed" }),
    fires: [[40, null]],
    almost: ended({ endedReason: "customer-ended-call" }),
    event: { isEnd: true },
  },
  threat: {
    when: {},
    words: "Vapi detects a threat in what was said",
    call: { lines: [line("user", 12, "[filtered]", { threats: ["prompt-injection"], original: null })] },
    fires: [[12, null]],
    almost: { lines: [line("user", 12, "[filtered]", { threats: [], original: null })] },
    event: { hasThreats: true },
  },
};

const quiet: Delivered = {
  said: [],
  hasTools: false,
  hasThreats: false,
  isInterruption: false,
  isSpeech: false,
  isEnd: false,
  quietMs: 0,
  ageMs: 0,
};

const all = Object.entries(examples).map(([kind, { when, ...rest }]): [string, Example] => [
  kind,
  { when: { kind, ...when }, ...rest },
]);

describe("rules: a condition of the kind", () => {
  test.each(all)("%s fires when it becomes true, and not in a call that just misses it", (_, example) => {
    const { when, call, fires, almost } = example;
    expect(firings(when, call)).toEqual(fires);
    expect(firings(when, almost)).toEqual([]);
  });

  test.each(all)("%s, negated, holds whenever it does not", (_, { when, call, fires, almost }) => {
    const not = { kind: "not", of: when };
    const [[from, until] = []] = fires;
    expect(firings(not, call)).toEqual([[0, from], ...(until === null ? [] : [[until, null]])]);
    expect(firings(not, almost)).toEqual([[0, null]]);
  });

  test.each(all)("%s is looked for at an event that may make it true, and at no other", (_, example) => {
    const condition = conditionSchema.parse(example.when);
    const { event, otherEvent = event } = example;
    for (const each of [event, otherEvent]) expect(mayFire(condition, { ...quiet, ...each })).toBe(true);
    const decisive = new Set(Object.keys({ ...event, ...otherEvent }));
    const others = all.flatMap(([, { event: each }]) =>
      Object.keys(each).some((fact) => decisive.has(fact)) ? [] : [each],
    );
    expect(others.length).toBeGreaterThan(5);
    for (const other of [{}, ...others]) expect(mayFire(condition, { ...quiet, ...other })).toBe(false);
  });

  test.each(all)("%s is described in words", (_, { when, words }) => {
    expect(describeCondition(conditionSchema.parse(when))).toBe(words);
  });
});
