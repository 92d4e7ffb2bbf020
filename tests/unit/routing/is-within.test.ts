import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TimeWindow } from "@/lib/routing/clock";
import { isWithin } from "@/lib/routing/clock";
import { toInstant, wallClock } from "@/lib/zone-time";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Summer time in 2026, and minutes ahead of UTC in winter and summer, from the tz database. */
const zones = {
  "Europe/Berlin": { from: "2026-03-29T01:00Z", to: "2026-10-25T01:00Z", winter: 60, summer: 120 },
  "America/New_York": { from: "2026-03-08T07:00Z", to: "2026-11-01T06:00Z", winter: -300, summer: -240 },
} as const;
const zoneNames = Object.keys(zones) as (keyof typeof zones)[];

/** Local time from that table alone, without Intl. */
function clockByTable(at: Date, zone: keyof typeof zones) {
  const { from, to, winter, summer } = zones[zone];
  const isSummer = at.getTime() >= Date.parse(from) && at.getTime() < Date.parse(to);
  const local = new Date(at.getTime() + (isSummer ? summer : winter) * minuteMs);
  return { weekday: local.getUTCDay() || 7, minutes: local.getUTCHours() * 60 + local.getUTCMinutes() };
}

/** A minute of 2026; half of them within a day of a clock change. */
const moment = fc.constantFrom(...zoneNames).chain((zone) => {
  const nearChange = fc
    .tuple(
      fc.constantFrom(Date.parse(zones[zone].from), Date.parse(zones[zone].to)),
      fc.integer({ min: -dayMs / minuteMs, max: dayMs / minuteMs }),
    )
    .map(([change, minutes]) => change + minutes * minuteMs);
  const anyTime = fc
    .integer({ min: 0, max: 365 * 24 * 60 - 1 })
    .map((minutes) => Date.parse("2026-01-01T00:00Z") + minutes * minuteMs);
  return fc.oneof(nearChange, anyTime).map((at) => ({ zone, at: new Date(at) }));
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hours, minutes]) => `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`);
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
const window = fc.record({ zone: fc.constantFrom(...zoneNames), weekdays, from: time, to: time });
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

describe("a time window", () => {
  test("follows local time, including on days when summer time begins or ends", () => {
    fc.assert(
      fc.property(moment, ({ zone, at }) => {
        expect(wallClock(at, zone)).toMatchObject(clockByTable(at, zone));
      }),
      { numRuns: 2_000 },
    );
  });

  test("past midnight belongs to the day it began on", () => {
    fc.assert(
      fc.property(moment, window, ({ zone, at }, given) => {
        const window: TimeWindow = { ...given, zone };
        const { weekday, minutes } = clockByTable(at, zone);
        const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
        // The minute may lie in a window that began today, or in one that began yesterday and has not ended.
        const begunToday = from === to || (from < to ? minutes >= from && minutes < to : minutes >= from);
        const begunYesterday = from > to && minutes < to;
        const yesterday = weekday === 1 ? 7 : weekday - 1;
        const expected =
          (begunToday && window.weekdays.includes(weekday)) ||
          (begunYesterday && window.weekdays.includes(yesterday));
        expect(isWithin(wallClock(at, zone), window)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test("includes its first minute, excludes its last, and covers the whole day if both are equal", () => {
    const isOpen = (from: string, to: string, minutes: number, weekday = 1) =>
      isWithin({ weekday, minutes, time: "" }, { zone: "Europe/Berlin", weekdays: [1], from, to });
    expect([539, 540, 1_019, 1_020].map((at) => isOpen("09:00", "17:00", at))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isOpen("09:00", "09:00", 0)).toBe(true);
    expect(isOpen("09:00", "09:00", 0, 2)).toBe(false);
  });

  test("is an hour shorter if summer time begins within it, and an hour longer if it ends", () => {
    const night: TimeWindow = { zone: "Europe/Berlin", weekdays: [6], from: "22:00", to: "06:00" };
    const minutesOpen = (evening: string) => {
      const start = Date.parse(evening);
      const minutes = Array.from({ length: dayMs / minuteMs }, (_, index) => start + index * minuteMs);
      return minutes.filter((at) => isWithin(wallClock(new Date(at), night.zone), night)).length;
    };
    expect(minutesOpen("2026-03-21T12:00Z")).toBe(8 * 60);
    expect(minutesOpen("2026-03-28T12:00Z")).toBe(7 * 60);
    expect(minutesOpen("2026-10-24T12:00Z")).toBe(9 * 60);
  });

  test("maps a local time to an instant that shows it, except in the skipped hour", () => {
    fc.assert(
      fc.property(moment, ({ zone, at }) => {
        const { minutes } = clockByTable(at, zone);
        const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(at);
        const local = `${shown}T${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
        expect(wallClock(toInstant(local, zone), zone)).toMatchObject(clockByTable(at, zone));
      }),
      { numRuns: 1_000 },
    );
    expect(toInstant("2026-03-29T02:30", "Europe/Berlin").toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });
});
