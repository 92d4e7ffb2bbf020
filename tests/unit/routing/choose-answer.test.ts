import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Choice, chooseAnswer, countryOf, findMismatch } from "@/lib/routing/choose-answer";
import { readRequest } from "@/lib/routing/request";
import type { Rule } from "@/lib/routing/routing";
import { makeRule } from "@/tests/support/makers/make-rule";

const defaultAnswer = { kind: "assistant-id", assistantId: "the-default" } as const;

function choose(rules: Rule[], given: Partial<Choice> = {}) {
  return chooseAnswer({
    request: { caller: "+4930901820", called: ["+15550100100", "sip:desk@sip.vapi.ai"] },
    routing: { rules, defaultAnswer },
    ownAnswer: null,
    context: {},
    now: new Date("2026-06-05T10:00:00Z"),
    fallbackAssistantId: "the-fallback",
    ...given,
  });
}

const matches = (when: object, given: Partial<Choice> = {}) =>
  choose([makeRule({ when })], given).source === "rule";

describe("who takes a call", () => {
  test("the conversation's own answer, then the first rule that matches, then the default, the fallback, an apology", () => {
    const rules = [makeRule({ name: "first" }), makeRule({ name: "second" })];
    const own = { assistantId: "its-own" };
    expect(choose(rules, { ownAnswer: own })).toMatchObject({
      source: "conversation",
      reply: { assistantId: "its-own" },
    });
    expect(choose(rules)).toMatchObject({ source: "rule", rule: { name: "first" } });
    expect(choose([]).reply).toEqual({ assistantId: "the-default" });
    expect(choose([], { routing: null }).reply).toEqual({ assistantId: "the-fallback" });
    const nothing = choose([], { routing: null, fallbackAssistantId: undefined });
    expect(nothing).toMatchObject({ source: "apology", reply: { error: expect.stringContaining("sorry") } });
  });

  test("an own answer that Vapi would not take is passed over, and that is said", () => {
    const decision = choose([], { ownAnswer: { assistantId: 7 } });
    expect(decision).toMatchObject({ source: "default", remarks: [expect.stringContaining("passed over")] });
  });

  test("every rule says what became of it, and the first condition that does not hold", () => {
    const { findings } = choose([
      makeRule({ name: "off", isEnabled: false }),
      makeRule({ when: { called: ["+15550100199"], countries: ["US"] } }),
      makeRule({ when: { countries: ["US"] } }),
      makeRule({}),
      makeRule({}),
    ]);
    expect(findings.map(({ outcome, mismatch }) => [outcome, mismatch?.condition ?? null])).toEqual([
      ["disabled", null],
      ["failed", "called"],
      ["failed", "country"],
      ["answers", null],
      ["outranked", null],
    ]);
  });

  test("for any rules, the first enabled one without a mismatch answers, whatever comes after it", () => {
    const when = fc.constantFrom(
      {},
      { countries: ["DE"] },
      { countries: ["US"] },
      { called: ["+1 555 010 0100"] },
    );
    const rule = fc.record({ when, isEnabled: fc.boolean() }).map(makeRule);
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        const situation = { request: { caller: "+4930901820", called: ["+15550100100"] }, context: {} };
        const now = new Date();
        const first = rules.find(
          (one) => one.isEnabled && findMismatch(one.when, { ...situation, now }) === null,
        );
        const decision = choose(rules, { ...situation, now });
        expect(decision.rule?.id ?? null).toBe(first?.id ?? null);
        expect(decision.findings.filter(({ outcome }) => outcome === "answers").length).toBe(first ? 1 : 0);
      }),
    );
  });
});

describe("a condition", () => {
  test("numbers are the same however they are written", () => {
    expect(matches({ called: ["+1 (555) 010-0100"] })).toBe(true);
    expect(matches({ called: ["SIP:desk@sip.vapi.ai:5060;transport=tls"] })).toBe(true);
    expect(matches({ callers: { numbers: ["0049 30 901820"] } })).toBe(true);
    expect(matches({ callers: { numbers: ["+49 30 901821"] } })).toBe(false);
  });

  test("a caller is found by whole number, by prefix, or by showing none", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{6,14}$/), fc.nat(14), (digits, length) => {
        const prefix = digits.slice(0, Math.max(1, length));
        const request = { caller: `+${digits}`, called: [] };
        expect(matches({ callers: { prefixes: [`+${prefix}`] } }, { request })).toBe(true);
        expect(matches({ callers: { prefixes: [`+${prefix}${digits}`] } }, { request })).toBe(false);
        expect(matches({ callers: { isWithheld: true } }, { request })).toBe(false);
      }),
    );
    const withheld = { request: { caller: null, called: [] } };
    expect(matches({ callers: { isWithheld: true, numbers: ["+4930901820"] } }, withheld)).toBe(true);
    expect(matches({ callers: { prefixes: ["+49"] } }, withheld)).toBe(false);
  });

  test("a country is the one the number belongs to, also where countries share a code", () => {
    expect(
      ["+4930901820", "+43151200", "+12125550123", "+14165550123", "+442079460000"].map(countryOf),
    ).toEqual(["DE", "AT", "US", "CA", "GB"]);
    expect([countryOf("sip:desk@example.com"), countryOf("+8005550100")]).toEqual([null, null]);
  });

  test("a field of the context is compared as text, at any depth", () => {
    const context = { customer: { tier: "gold", visits: 3, note: null }, tags: ["a"] };
    const field = (path: string, test: string, value?: string) =>
      matches({ fields: [{ path, test, ...(value && { value }) }] }, { context });
    expect(field("customer.tier", "is", "gold")).toBe(true);
    expect(field("customer.visits", "is", "3")).toBe(true);
    expect(field("customer.tier", "is-not", "silver")).toBe(true);
    expect(field("customer.note", "is-set")).toBe(false);
    expect(field("tags.0", "is", "a")).toBe(true);
    expect(field("__proto__.toString", "is-set")).toBe(false);
    // What could not be read is not known to be absent.
    expect(matches({ fields: [{ path: "x", test: "is-not-set" }] }, { context: null })).toBe(false);
  });
});

test("who calls whom is read from Vapi's message, its own fields before the call's snapshot", () => {
  const message = {
    customer: { number: "+15550100117" },
    phoneNumber: { id: "72620e8e", number: "+15550100118" },
    call: { customer: { number: "+15550100118" } },
  };
  expect(readRequest(message)).toEqual({ caller: "+15550100117", called: ["+15550100118", "72620e8e"] });
  expect(readRequest({ customer: { number: "anonymous" }, call: 7 })).toEqual({ caller: null, called: [] });
  expect(readRequest({ customer: { sipUri: "sip:anonymous@anonymous.invalid" } }).caller).toBeNull();
});
