import { expect, it } from "vitest";
import { toDayStart } from "@/lib/zone-time";
import { addDays, localTimeOf } from "@/lib/zones";

it.each([
  ["2026-11-24", "UTC", "2026-11-24T00:00:00.000Z"],
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
  ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
  ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-06-01", "Asia/Kolkata", "2026-05-31T18:30:00.000Z"],
  ["2026-04-05", "Pacific/Auckland", "2026-04-04T11:00:00.000Z"],
  // If clocks go forward at midnight, the day begins at 01:00.
  ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"],
  ["2026-03-09", "America/Havana", "2026-03-09T04:00:00.000Z"],
  // If they go back to midnight, the day begins at the first of the two midnights.
  ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
  ["2026-11-02", "America/Havana", "2026-11-02T05:00:00.000Z"],
])("days: %s begins in %s at %s", (day, zone, start) => {
  expect(toDayStart(day, zone).toISOString()).toBe(start);
});

it.each([
  "America/Havana",
  "Africa/Cairo",
  "Asia/Beirut",
  "America/Santiago",
  "America/Scoresbysund",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Pacific/Chatham",
])("days: every day of two years in %s begins at its first moment", (zone) => {
  const calendar = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  for (let day = "2026-01-01"; day < "2028-01-01"; day = addDays(day, 1)) {
    const start = toDayStart(day, zone);
    const before = new Date(start.getTime() - 1);
    expect([day, calendar.format(start), calendar.format(before) < day]).toEqual([day, day, true]);
  }
});

it.each([
  ["2026-06-05T22:30:00Z", "UTC", "2026-06-05T22:30"],
  ["2026-06-05T22:30:00Z", "Europe/Berlin", "2026-06-06T00:30"],
  ["2026-12-05T22:30:00Z", "Europe/Berlin", "2026-12-05T23:30"],
  ["2026-06-05T22:30:00Z", "Asia/Kolkata", "2026-06-06T04:00"],
])("days: %s in %s is %s", (at, zone, local) => {
  expect(localTimeOf(Date.parse(at), zone)).toBe(local);
});
