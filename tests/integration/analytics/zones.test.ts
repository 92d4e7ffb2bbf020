import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { type CallFigures, callFigures, figureDays, figureRollups } from "@/db/schema/analytics";
import type { AnalyticsFilter } from "@/lib/analytics/analytics";
import { addMeasures, toFigures } from "@/lib/analytics/figures";
import { getAnalytics, rollUpFigures } from "@/lib/analytics/server/figures";
import { randomFigures } from "@/tests/support/makers/random-figures";
import { saveFigures } from "@/tests/support/makers/save-figures";
import { addDays, toZoneTime } from "@/tests/support/makers/zone-time";

/** A day around each clock change, and its length. */
const changes = [
  { zone: "Europe/Berlin", day: "2025-03-30", hours: 23 },
  { zone: "Europe/Berlin", day: "2025-10-26", hours: 25 },
  { zone: "America/New_York", day: "2025-03-09", hours: 23 },
  { zone: "America/New_York", day: "2025-11-02", hours: 25 },
  { zone: "Australia/Lord_Howe", day: "2025-10-05", hours: 23.5 },
  { zone: "Australia/Lord_Howe", day: "2025-04-06", hours: 24.5 },
  // Clocks change at midnight here: one day begins at 01:00, another has its first hour twice.
  { zone: "America/Havana", day: "2025-03-09", hours: 23 },
  { zone: "America/Havana", day: "2025-11-02", hours: 25 },
  { zone: "Asia/Kolkata", day: "2025-06-15", hours: 24 },
  { zone: "Asia/Kathmandu", day: "2025-06-15", hours: 24 },
];

const all = (filter: AnalyticsFilter) => getAnalytics(db, filter, new Date("2025-12-31T00:00:00Z"));
const spanMs = ({ from, until }: { from: string; until: string }) => Date.parse(until) - Date.parse(from);

/** The expected result, computed naively: each call's local time decides. */
function expectBy(figures: readonly CallFigures[], { from, to, zone, assistant, number }: AnalyticsFilter) {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const isOf = (key: "assistant" | "number", one: CallFigures) =>
    one[key] === ({ assistant, number }[key] ?? one[key]);
  const within = (some: readonly CallFigures[], first: string, last: string) =>
    some.filter(({ at }) => first <= toZoneTime(at, zone).day && toZoneTime(at, zone).day <= last);
  const both = (some: readonly CallFigures[]) =>
    [within(some, from, to), within(some, addDays(from, -days), addDays(from, -1))] as const;
  const [now, before] = both(figures.filter((one) => isOf("assistant", one) && isOf("number", one)));
  const figuresOf = (some: readonly CallFigures[]) => toFigures(addMeasures(some));
  // Each breakdown shows all its values, whatever is selected in it.
  const parts = (key: "assistant" | "number") => {
    const periods = both(figures.filter((one) => isOf(key === "assistant" ? "number" : "assistant", one)));
    return Object.fromEntries(
      [...new Set(periods.flat().map((one) => one[key]))].map((value) => [
        value,
        periods.map((some) => figuresOf(some.filter((one) => one[key] === value))),
      ]),
    );
  };
  return {
    total: { figures: figuresOf(now), before: figuresOf(before) },
    days: Array.from({ length: days }, (_, index) =>
      [[now, addDays(from, index)] as const, [before, addDays(from, index - days)] as const].map(
        ([some, day]) => figuresOf(some.filter(({ at }) => toZoneTime(at, zone).day === day)),
      ),
    ),
    versions: versionsOf([now, before]),
    hours: countBy(now, ({ at }) => `${toZoneTime(at, zone).weekday} ${toZoneTime(at, zone).hour}`),
    reasons: countBy(now, ({ reason }) => reason),
    assistants: parts("assistant"),
    numbers: parts("number"),
  };
}

/** Each version of each assistant, in both periods. */
function versionsOf(periods: readonly (readonly CallFigures[])[]) {
  const keyOf = ({ assistant, version }: CallFigures) => `${assistant} ${version}`;
  const known = periods.flat().filter(({ version }) => version !== "");
  return Object.fromEntries(
    [...new Set(known.map(keyOf))].map((key) => [
      key,
      periods.map((some) => toFigures(addMeasures(some.filter((one) => keyOf(one) === key)))),
    ]),
  );
}

function countBy(figures: readonly CallFigures[], keyOf: (one: CallFigures) => string) {
  const counts: Record<string, number> = {};
  for (const one of figures) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + 1;
  return counts;
}

async function found(filter: AnalyticsFilter) {
  const { total, steps, hours, reasons, assistants, versions, numbers } = await all(filter);
  const parts = (some: typeof numbers) =>
    Object.fromEntries(some.map(({ key, figures, before }) => [key, [figures, before]]));
  return {
    total,
    days: steps.map(({ figures, before }) => [figures, before]),
    versions: Object.fromEntries(
      versions.map(({ key, assistant, figures, before }) => [`${assistant} ${key}`, [figures, before]]),
    ),
    hours: Object.fromEntries(hours.map(({ weekday, hour, calls }) => [`${weekday} ${hour}`, calls])),
    reasons: Object.fromEntries(reasons.flatMap(({ code, calls }) => (calls > 0 ? [[code, calls]] : []))),
    assistants: parts(assistants),
    numbers: parts(numbers),
  };
}

describe.each(changes)("a period around $day in $zone", ({ zone, day, hours }) => {
  const filter: AnalyticsFilter = { zone, from: addDays(day, -1), to: addDays(day, 2) };

  test(`has a day of ${hours} hours and is compared with the same number of days before it`, async () => {
    const { steps, period, before } = await all(filter);
    expect(steps.map(spanMs).map((ms) => ms / 3_600_000)).toEqual([24, hours, 24, 24]);
    expect(toZoneTime(new Date(period.from), zone)).toMatchObject({ day: filter.from, hour: 0 });
    expect(toZoneTime(new Date(before.from), zone)).toMatchObject({ day: addDays(filter.from, -4), hour: 0 });
    expect(before.until).toBe(period.from);
  });

  test("has one hourly step for each elapsed hour, without gaps or repeats", async () => {
    const { steps, period } = await all({ zone, from: day, to: day });
    expect(steps.length).toBe(Math.ceil(hours));
    expect(steps.map(({ from }) => from)).toEqual([
      period.from,
      ...steps.slice(0, -1).map(({ until }) => until),
    ]);
    const clocks = steps.map(({ from }) => JSON.stringify(toZoneTime(new Date(from), zone)));
    expect(new Set(clocks).size).toBe(steps.length);
  });

  test("counts each call at its local time, with or without daily sums, for any filter", async () => {
    const around = [Date.parse(addDays(day, -8)), Date.parse(addDays(day, 5))] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomFigures(...around), { maxLength: 40 }),
        fc.constantFrom({}, { assistant: "a" }, { number: "+1555" }, { assistant: "b", number: "" }),
        fc.nat(39),
        async (random, more, changed) => {
          const figures = await saveFigures(random);
          const asked = { ...filter, ...more };
          const expected = expectBy(figures, asked);
          expect(await found(asked)).toEqual(expected);
          await rollUpFigures(db, { quietMs: 0 });
          expect(await found(asked)).toEqual(expected);
          // A later change of a call removes its old day, and its new one, from the sums.
          const one = figures[changed];
          if (!one) return;
          const moved = { ...one, at: new Date(one.at.getTime() + 86_400_000), hung: 1 - one.hung };
          await db.update(callFigures).set(moved).where(eq(callFigures.callId, one.callId));
          expect(await found(asked)).toEqual(expectBy(figures.with(changed, moved), asked));
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe("a period that has not ended", () => {
  test("is compared with the same local hours of the day before, even when the day is an hour short", async () => {
    // 16:07 local time, on the day that is an hour short.
    const now = new Date("2025-03-30T14:07:00Z");
    const day = "2025-03-30";
    const { period, before } = await getAnalytics(db, { zone: "Europe/Berlin", from: day, to: day }, now);
    expect(period).toEqual({ from: "2025-03-29T23:00:00.000Z", until: "2025-03-30T14:15:00.000Z" });
    expect(before).toEqual({ from: "2025-03-28T23:00:00.000Z", until: "2025-03-29T15:15:00.000Z" });
  });

  test("has only the steps that have begun, and a future period has none", async () => {
    const now = new Date("2025-06-10T10:30:00Z");
    const steps = async (from: string, to: string) =>
      (await getAnalytics(db, { zone: "UTC", from, to }, now)).steps.length;
    expect(await steps("2025-06-10", "2025-06-10")).toBe(11);
    expect(await steps("2025-06-04", "2025-06-10")).toBe(7);
    expect(await steps("2025-06-09", "2025-06-20")).toBe(2);
    expect(await steps("2025-07-01", "2025-07-05")).toBe(0);
  });
});

describe("a day with stored sums", () => {
  const filter: AnalyticsFilter = { zone: "UTC", from: "2025-06-01", to: "2025-06-03" };
  const [first] = fc.sample(randomFigures(Date.parse("2025-06-02"), Date.parse("2025-06-03")), {
    numRuns: 1,
    seed: 1,
  });

  test("is read from the sums, not from its calls", async () => {
    await saveFigures(first ? [first] : []);
    await rollUpFigures(db, { quietMs: 0 });
    await db.update(figureRollups).set({ calls: 70 });
    expect((await all(filter)).total.figures.calls).toBe(70);
  });

  test("is read from its calls again once one of them is deleted", async () => {
    const [one] = await saveFigures(first ? [first, first] : []);
    await rollUpFigures(db, { quietMs: 0 });
    expect((await all(filter)).total.figures.calls).toBe(2);
    await db.delete(callFigures).where(eq(callFigures.callId, one?.callId ?? ""));
    expect((await all(filter)).total.figures.calls).toBe(1);
  });

  test("is not summed while it may still change, and is summed correctly by four concurrent runs", async () => {
    await saveFigures(first ? [first, first] : []);
    await rollUpFigures(db);
    expect(await db.select().from(figureRollups)).toEqual([]);
    await Promise.all(Array.from({ length: 4 }, () => rollUpFigures(db, { quietMs: 0 })));
    expect((await all(filter)).total.figures.calls).toBe(2);
    const [day] = await db.select().from(figureDays);
    expect(day?.rolledChanges).toBe(day?.changes);
  });

  test("includes every change saved while it is being summed", async () => {
    const saved = await saveFigures(first ? Array.from({ length: 30 }, () => first) : []);
    const bump = (id: string) => db.update(callFigures).set({ hung: 1 }).where(eq(callFigures.callId, id));
    await Promise.all([
      ...saved.map(({ callId }) => bump(callId)),
      ...Array.from({ length: 6 }, () => rollUpFigures(db, { quietMs: 0 })),
    ]);
    expect((await all(filter)).total.figures.hangRate).toBe(1);
    await rollUpFigures(db, { quietMs: 0 });
    expect((await all(filter)).total.figures.hangRate).toBe(1);
  });
});
