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

describe("routing: the choice of an answer", () => {
  test("prefers the conversation's own answer, then the first matching rule, the default, the fallback, an apology", () => {
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

  test("skips a conversation's own answer that Vapi would reject, with a remark", () => {
    const decision = choose([], { ownAnswer: { assistantId: 7 } });
    expect(decision).toMatchObject({ source: "default", remarks: [expect.stringContaining("was skipped")] });
  });

  test("reports for every rule its outcome and the first condition that does not match", () => {
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

  test("is the first enabled rule without a mismatch, for any rules and regardless of later ones", () => {
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

describe("routing: a condition", () => {
  test("matches numbers in any notation", () => {
    expect(matches({ called: ["+1 (555) 010-0100"] })).toBe(true);
    expect(matches({ called: ["SIP:desk@sip.vapi.ai:5060;transport=tls"] })).toBe(true);
    expect(matches({ callers: { numbers: ["0049 30 901820"] } })).toBe(true);
    expect(matches({ callers: { numbers: ["+49 30 901821"] } })).toBe(false);
    expect(matches({ called: ["+15550100199", "+15550100100"] })).toBe(true);
  });

  test("matches a caller by number, by prefix, or by a withheld number", () => {
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

  test("takes the country from the number, even if countries share a calling code", () => {
    expect(
      ["+4930901820", "+43151200", "+12125550123", "+14165550123", "+442079460000"].map(countryOf),
    ).toEqual(["DE", "AT", "US", "CA", "GB"]);
    expect([countryOf("sip:desk@example.com"), countryOf("+8005550100")]).toEqual([null, null]);
  });

  test("compares a context field as text, at any depth", () => {
    const context = { customer: { tier: "gold", visits: 3, note: null }, tags: ["a"] };
    const field = (path: string, test: string, value?: string) =>
      matches({ fields: [{ path, test, ...(value && { value }) }] }, { context });
    expect(field("customer.tier", "is", "gold")).toBe(true);
    expect(field("customer.visits", "is", "3")).toBe(true);
    expect(field("customer.tier", "is-not", "silver")).toBe(true);
    expect(field("customer.note", "is-set")).toBe(false);
    expect(field("tags.0", "is", "a")).toBe(true);
    expect(field("__proto__.toString", "is-set")).toBe(false);
    // A field of an unreadable context does not count as absent.
    expect(matches({ fields: [{ path: "x", test: "is-not-set" }] }, { context: null })).toBe(false);
  });
});

/** Why a rule did not match. */
const whyNot = (when: object, given: Partial<Choice> = {}) =>
  choose([makeRule({ when })], given).findings[0]?.mismatch ?? null;

describe("routing: a mismatch names the actual value", () => {
  const withheld = { request: { caller: null, called: [] } };
  test.each([
    ["called", { called: ["+15550100199"] }, {}, "+15550100100"],
    ["called", { called: ["+15550100199"] }, withheld, "an unknown number"],
    ["caller", { callers: { numbers: ["+15550100199"] } }, {}, "+4930901820"],
    ["caller", { callers: { numbers: ["+15550100199"] } }, withheld, "withheld"],
    ["country", { countries: ["US"] }, {}, "DE"],
    ["country", { countries: ["US"] }, withheld, "country is unknown"],
    ["field", { fields: [{ path: "a", test: "is", value: "x" }] }, { context: { a: "y" } }, "a is y"],
    ["field", { fields: [{ path: "a", test: "is-set" }] }, {}, "a is not set"],
    ["field", { fields: [{ path: "a", test: "is-not-set" }] }, { context: { a: { b: 1 } } }, '{"b":1}'],
    ["field", { fields: [{ path: "a", test: "is-set" }] }, { context: null }, "not known"],
  ])("for %s: %j", (condition, when, given, why) => {
    expect(whyNot(when, given)).toEqual({ condition, why: expect.stringContaining(why) });
  });

  test("for a time window, in local time", () => {
    const time = { zone: "Europe/Berlin", weekdays: [1], from: "09:00", to: "17:00" };
    const at = (iso: string) => whyNot({ time }, { now: new Date(iso) });
    // A Monday.
    expect(at("2026-06-01T10:00:00Z")).toBeNull();
    expect(at("2026-06-01T22:05:00Z")?.why).toContain("Tuesday, 00:05 in Europe/Berlin");
    expect(at("2026-06-07T11:30:00Z")?.why).toContain("Sunday, 13:30");
    expect(at("2026-06-07T11:30:00Z")?.condition).toBe("time");
  });

  test("for the first condition that fails, since all must match", () => {
    const all = {
      called: ["sip:desk@sip.vapi.ai"],
      callers: { prefixes: ["+49"] },
      countries: ["DE", "AT"],
      fields: [
        { path: "a", test: "is", value: "x" },
        { path: "b", test: "is-set" },
      ],
    };
    expect(whyNot(all, { context: { a: "x", b: 0 } })).toBeNull();
    expect(whyNot(all, { context: { a: "x", b: "" } })?.why).toContain("b is");
    expect(whyNot(all, { context: { a: "z", b: 1 } })?.why).toContain("a is z");
  });
});

test("routing: a caller without a number matches only listed codes for a withheld number", () => {
  const withheld = { request: { caller: null, called: [] } };
  const listed = (...numbers: string[]) => matches({ callers: { numbers } }, withheld);
  expect(listed("+266696687")).toBe(true);
  expect(listed("sip:anonymous@anonymous.invalid", "+4930901820")).toBe(true);
  expect(listed("+4930901820")).toBe(false);
});

test("routing: SIP addresses are compared in any notation, and IDs regardless of case", () => {
  const called = (name: string, listed: string) =>
    matches({ called: [listed] }, { request: { caller: null, called: [name] } });
  expect(called("sips:Desk@example.com?x=1", "sip:desk@example.com:5061")).toBe(true);
  expect(called("sip:desk@example.com", "sip:desk@example.org")).toBe(false);
  expect(called("sip:desk12@example.com", "sip:desk13@example.com")).toBe(false);
  expect(called("sip:ana:1234@example.com", "sip:ana:5678@example.com")).toBe(false);
  expect(called("sip:desk@example.com", " sip:desk@example.com ")).toBe(true);
  expect(called("desk1-sips:a", "desk1-sip:a")).toBe(false);
  expect(called("72620E8E-0000-4000-8000-000000000001", "72620e8e-0000-4000-8000-000000000001")).toBe(true);
  expect(called("72620e8e-0000-4000-8000-000000000001", "72620e8f-0000-4000-8000-000000000001")).toBe(false);
  expect(called("+0015550100100", " 00 1 (555) 010-0100 ")).toBe(true);
  expect(called("+15550010100", "+1555010100")).toBe(false);
});

test("routing: a number without a plus sign, or with a leading 00, has the same country", () => {
  expect(["004930901820", "4930901820", " +4930901820"].map(countryOf)).toEqual(["DE", "DE", "DE"]);
  expect(countryOf("nonsense")).toBeNull();
});

test("routing: a field counts as not set if its path leads through text, past the end, or to an empty value", () => {
  const context = { a: "text", list: [{ b: 1 }], no: false, zero: 0, empty: "", none: null };
  const isSet = (path: string) => matches({ fields: [{ path, test: "is-set" }] }, { context });
  expect(["a", "list.0.b", "no", "zero"].map(isSet)).toEqual([true, true, true, true]);
  const unset = ["a.length", "a.0", "list.1", "list.length", "empty", "a.b.c", "none.x", "toString"];
  expect(unset.filter(isSet)).toEqual([]);
  const test = (path: string, test: string, value: string) =>
    matches({ fields: [{ path, test, value }] }, { context });
  expect(test("empty", "is-not", "x")).toBe(true);
  expect(test("a", "is-not", "text")).toBe(false);
  expect(test("no", "is", "false")).toBe(true);
  expect(test("list.0", "is", '{"b":1}')).toBe(true);
  expect(matches({ fields: [{ path: "gone", test: "is-not-set" }] }, { context })).toBe(true);
  expect(matches({ fields: [{ path: "a", test: "is-not-set" }] }, { context })).toBe(false);
});

test("routing: unreadable rules or an unreadable context are noted in the decision's remarks", () => {
  expect(choose([]).remarks).toEqual([]);
  expect(choose([], { routing: null }).remarks).toEqual([expect.stringContaining("rules")]);
  expect(choose([], { context: null }).remarks).toEqual([expect.stringContaining("context")]);
  expect(choose([], { ownAnswer: undefined }).remarks).toEqual([]);
  expect(choose([], { ownAnswer: { assistantId: "its-own" } }).remarks).toEqual([]);
  expect(choose([], { routing: null }).findings).toEqual([]);
});

test("routing: every answer carries the context as variables", () => {
  const context = { customer: { tier: "gold" } };
  const assistantOverrides = { variableValues: { customer_tier: "gold" } };
  const own = { assistantId: "its-own" };
  const id = { kind: "assistant-id", assistantId: "41e4a819-0000-4e88-8f1e-000000000001" };
  expect(choose([], { context, ownAnswer: own }).reply).toEqual({ ...own, assistantOverrides });
  expect(choose([makeRule({ answer: id })], { context }).reply).toMatchObject({ assistantOverrides });
  expect(choose([], { context }).reply).toMatchObject({ assistantOverrides });
  expect(choose([], { context, routing: null })).toMatchObject({
    source: "fallback",
    rule: null,
    reply: { assistantId: "the-fallback", assistantOverrides },
  });
  const outranked = choose([makeRule({ answer: id })], { ownAnswer: own });
  expect(outranked).toMatchObject({ rule: null, findings: [{ outcome: "outranked" }] });
});

test("routing: the caller and the called number come from the message's own fields before the call's snapshot", () => {
  const message = {
    customer: { number: "+15550100117" },
    phoneNumber: { id: "72620e8e", number: "+15550100118" },
    call: { customer: { number: "+15550100118" } },
  };
  expect(readRequest(message)).toEqual({ caller: "+15550100117", called: ["+15550100118", "72620e8e"] });
  expect(readRequest({ customer: { number: "anonymous" }, call: 7 })).toEqual({ caller: null, called: [] });
  expect(readRequest({ customer: { sipUri: "sip:anonymous@anonymous.invalid" } }).caller).toBeNull();
});

test("routing: the called number, SIP address and ID are read from the message, else from the call's snapshot", () => {
  expect(
    readRequest({ phoneNumber: { id: "p", number: "+15550100118", sipUri: "sip:desk@sip.vapi.ai" } }).called,
  ).toEqual(["+15550100118", "sip:desk@sip.vapi.ai", "p"]);
  expect(readRequest({ call: { phoneNumberId: "p", customer: { sipUri: "sip:ana@example.com" } } })).toEqual({
    caller: "sip:ana@example.com",
    called: ["p"],
  });
  const call = { phoneNumber: { number: "+15550100119" }, customer: { number: " +15550100117 " } };
  expect(readRequest({ call })).toEqual({ caller: "+15550100117", called: ["+15550100119"] });
  expect(readRequest({ customer: 7, phoneNumber: "x", call })).toEqual({
    caller: "+15550100117",
    called: ["+15550100119"],
  });
  expect(readRequest({})).toEqual({ caller: null, called: [] });
});
