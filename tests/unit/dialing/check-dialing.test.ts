import { describe, expect, it } from "vitest";
import type { DialingRules } from "@/lib/dialing/rules";
import { checkDialing } from "@/lib/dialing/rules";

const rules: DialingRules = {
  weekdays: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "20:00",
  zones: [
    { prefix: "+1", zone: "America/Chicago" },
    { prefix: "+1212", zone: "America/New_York" },
  ],
};
const open = { ...rules, zones: [] };
const check = (number: string, at: string, with_ = rules, isListed = false) =>
  checkDialing(number, with_, isListed, new Date(at));

describe("a campaign may dial", () => {
  it.each([
    ["at nine in the number's own country", "+4930123456", "2026-08-03T07:00:00Z", true],
    ["not a minute before", "+4930123456", "2026-08-03T06:59:59Z", false],
    ["not from the end on", "+4930123456", "2026-08-03T18:00:00Z", false],
    ["not on a day that is none of the days", "+4930123456", "2026-08-02T10:00:00Z", false],
    ["by the clock of winter in winter", "+4930123456", "2026-01-05T07:30:00Z", false],
    ["by the longest prefix", "+12125551234", "2026-08-03T13:30:00Z", true],
    ["by the shorter one for other numbers", "+13125551234", "2026-08-03T13:30:00Z", false],
  ])("%s", (_, number, at, eligible) => {
    expect(check(number, at).eligible).toBe(eligible);
  });

  it("only if the calling hours apply in every zone the number may be in", () => {
    expect(check("+12125551234", "2026-08-03T14:00:00Z", open)).toEqual({
      eligible: false,
      reason: expect.stringMatching(/^It is Monday \d\d:\d\d in \S+.*, outside the calling hours\.$/),
    });
    expect(check("+12125551234", "2026-08-03T20:00:00Z", open)).toEqual({
      eligible: true,
      reason: expect.stringContaining("zones it may be in"),
    });
    expect(check("+15550100130", "2026-08-03T14:00:00Z", open).eligible).toBe(false);
  });

  it("no number on the do-not-call list, and nothing that is not a number", () => {
    expect(check("+4930123456", "2026-08-03T10:00:00Z", rules, true)).toEqual({
      eligible: false,
      reason: "The number is on the do-not-call list.",
    });
    expect(check("nobody", "2026-08-03T10:00:00Z").eligible).toBe(false);
    expect(check("", "2026-08-03T10:00:00Z").eligible).toBe(false);
  });
});
