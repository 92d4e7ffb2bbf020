import { describe, expect, test } from "vitest";
import { isOpen, openingHoursSchema } from "@/lib/directory/directory";

const weekdays = { zone: "Europe/Berlin", spans: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:30" }] };
const night = {
  zone: "America/New_York",
  spans: [
    { days: [5], from: "22:00", to: "24:00" },
    { days: [6], from: "00:00", to: "06:00" },
  ],
};

describe("opening hours are checked in local time", () => {
  test.each([
    ["before they open", weekdays, "2026-01-15T07:59:59Z", false],
    ["when they open", weekdays, "2026-01-15T08:00:00Z", true],
    ["when they close", weekdays, "2026-01-15T16:30:00Z", false],
    ["on a Saturday", weekdays, "2026-01-17T10:00:00Z", false],
    ["an hour earlier in summer", weekdays, "2026-07-15T07:00:00Z", true],
    ["on the last minute of a Friday there", night, "2026-01-17T04:59:00Z", true],
    ["past midnight there", night, "2026-01-17T05:00:00Z", true],
    ["in the morning there", night, "2026-01-17T11:00:00Z", false],
  ])("%s", (_, hours, at, expected) => {
    expect(isOpen(openingHoursSchema.parse(hours), new Date(at))).toBe(expected);
  });
});

test.each([
  ["an unknown zone", { ...weekdays, zone: "Mars/Olympus" }],
  ["a span that ends before it begins", { ...weekdays, spans: [{ days: [1], from: "17:00", to: "09:00" }] }],
  ["no day", { ...weekdays, spans: [{ days: [], from: "09:00", to: "17:00" }] }],
])("opening hours: %s cannot be saved", (_, hours) =>
  expect(openingHoursSchema.safeParse(hours).success).toBe(false),
);
