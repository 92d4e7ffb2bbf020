import { describe, expect, test } from "vitest";
import { noActions } from "@/lib/alerts/alert";
import { type AlertNarrowing, alertFilterSchema, matchesFilter, toAlertParams } from "@/lib/alerts/filter";
import { makeAlert } from "@/tests/support/makers/make-alert";

const now = Date.parse("2026-06-10T12:00:00Z");
// Already the next day in Berlin.
const openedAt = "2026-06-09T22:30:00.000Z";
const { call } = makeAlert();
const amy = { id: "amy", name: "Amy" };

const matches = (filter: AlertNarrowing, differences: Parameters<typeof makeAlert>[0] = {}) =>
  matchesFilter(makeAlert({ openedAt, ...differences }), filter, now);

describe("an alert filter", () => {
  test("without criteria matches every alert", () => {
    expect(matches({})).toBe(true);
  });

  test("by kind matches alerts of any listed kind", () => {
    expect(matches({ kind: ["silence", "hang"] })).toBe(true);
    expect(matches({ kind: ["silence", "rule"] })).toBe(false);
  });

  test("by assistant matches the assistant's ID, or its name if the call has no assistant ID", () => {
    const named = { call: { ...call, assistantId: null, assistantName: "Clinic" } };
    const both = { call: { ...call, assistantId: "clinic", assistantName: "Clinic" } };
    expect([named, both].map((alert) => matches({ assistant: "Clinic" }, alert))).toEqual([true, false]);
    expect([named, both].map((alert) => matches({ assistant: "clinic" }, alert))).toEqual([false, true]);
  });

  test("by assignee matches only alerts assigned to that person", () => {
    const hers = { acts: { ...noActions, assignee: amy } };
    expect(matches({ owner: "amy" }, hers)).toBe(true);
    expect(matches({ owner: "ben" }, hers)).toBe(false);
    expect(matches({ owner: "amy" })).toBe(false);
    expect(matches({}, hers)).toBe(true);
  });

  test("by days includes both days in full, in the given time zone", () => {
    const zone = "Europe/Berlin";
    const days = (from: string, to: string) => matches({ from, to, zone });
    expect(days("2026-06-10", "2026-06-10")).toBe(true);
    expect(days("2026-06-11", "2026-06-12")).toBe(false);
    expect(days("2026-06-08", "2026-06-09")).toBe(false);
    expect(matches({ from: "2026-06-10", zone })).toBe(true);
    expect(matches({ to: "2026-06-09", zone })).toBe(false);
    expect(matches({ from: "2026-06-09", to: "2026-06-09" })).toBe(true);
    expect([matches({ period: "today", zone }), matches({ period: "yesterday", zone })]).toEqual([
      true,
      false,
    ]);
    expect([matches({ period: "today" }), matches({ period: "yesterday" })]).toEqual([false, true]);
  });
});

describe("an alert filter in a URL", () => {
  test("is written in a fixed order, without unset fields", () => {
    const values = { owner: "amy", kind: ["hang", "silence"], assistant: "", from: undefined, to: null };
    expect(toAlertParams(values)).toBe("kind=hang%2Csilence&owner=amy");
    expect(toAlertParams({})).toBe("");
  });

  test("lists kinds separated by commas", () => {
    const parse = (kind: unknown) => alertFilterSchema.safeParse({ kind }).data?.kind;
    expect(parse("hang,silence")).toEqual(["hang", "silence"]);
    expect(parse(["rule"])).toEqual(["rule"]);
    expect([parse(""), parse("hang,noise"), parse([])]).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    { assistant: "a".repeat(201) },
    { owner: "a\0b" },
    { callId: "c".repeat(201) },
    { limit: "0" },
    { limit: "501" },
    { zone: "Mars/Olympus" },
    { period: "for ever" },
    { state: "closed" },
  ])("is rejected if invalid: %j", (asked) => {
    expect(alertFilterSchema.safeParse(asked).success).toBe(false);
  });
});
