import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noActions } from "@/lib/alerts/alert";
import { decideEscalation, type EscalationPolicy, type Progress } from "@/lib/notifications/escalation";

const a = "00000000-0000-4000-8000-00000000000a";
const b = "00000000-0000-4000-8000-00000000000b";
const opened = new Date("2026-11-23T10:00:00Z");
const at = (minutes: number) => new Date(opened.getTime() + minutes * 60_000);
const policy: Pick<EscalationPolicy, "isEnabled" | "hours" | "steps"> = {
  isEnabled: true,
  hours: null,
  steps: [
    { afterMinutes: 5, channelIds: [a], userIds: [], repeat: { everyMinutes: 10, times: 2 } },
    { afterMinutes: 15, channelIds: [b], userIds: [], repeat: null },
  ],
};
const open = { acts: noActions, outcome: "open" as const, isInIncident: false };
const ana = { by: { id: "ana", name: "Ana" }, at: at(12).toISOString() };
const acknowledged = { ...open, acts: { ...noActions, acknowledged: ana } };
const fresh: Progress = { startedAt: opened, doneMinutes: 0 };

/** Checks at each minute; returns the notified channels by minute. */
function follow(
  rules: typeof policy,
  minutes: readonly number[],
  subjectAt: (minute: number) => Parameters<typeof decideEscalation>[2] = () => open,
) {
  let progress = fresh;
  const notified: { minute: number; channelIds: string[] }[] = [];
  for (const minute of minutes) {
    const verdict = decideEscalation(rules, progress, subjectAt(minute), at(minute));
    if (verdict.act === "end") return { told: notified, reason: verdict.reason };
    if (verdict.act === "notify") notified.push({ minute, channelIds: verdict.channelIds });
    progress = verdict.next;
  }
  return { told: notified, reason: null };
}

const everyMinute = Array.from({ length: 60 }, (_, minute) => minute);

describe("escalation", () => {
  test("each step is sent when due, including repeats, and then the escalation ends", () => {
    expect(follow(policy, everyMinute)).toEqual({
      told: [
        { minute: 5, channelIds: [a] },
        { minute: 15, channelIds: [a, b] },
        { minute: 25, channelIds: [a] },
      ],
      reason: "All steps are done.",
    });
  });

  test("missed steps are sent once", () => {
    expect(follow(policy, [0, 40, 41]).told).toEqual([{ minute: 40, channelIds: [a, b] }]);
  });

  test.each([
    [acknowledged, "Ana acknowledged it."],
    [{ ...open, acts: { ...noActions, resolved: ana } }, "Ana resolved it."],
    [{ ...open, outcome: "recovered" as const }, "Already over."],
  ])("the escalation ends once the alert is acknowledged, resolved or over (%#)", (subject, reason) => {
    const followed = follow(policy, everyMinute, (minute) => (minute < 12 ? open : subject));
    expect(followed).toEqual({ told: [{ minute: 5, channelIds: [a] }], reason });
  });

  test("a policy that is turned off ends", () => {
    expect(decideEscalation({ ...policy, isEnabled: false }, fresh, open, at(6))).toEqual({
      act: "end",
      reason: "The policy is off.",
    });
  });

  test("a snoozed alert waits, and later steps keep their spacing", () => {
    const snoozed = { ...open, acts: { ...noActions, snoozedUntil: at(30).toISOString() } };
    const { told: notified } = follow(policy, everyMinute, (minute) => (minute < 30 ? snoozed : open));
    expect(notified.map(({ minute }) => minute)).toEqual([30, 40, 50]);
  });

  test("an alert covered by an incident waits until the incident is over", () => {
    const within = (minute: number) => ({ ...open, isInIncident: minute < 20 });
    expect(follow(policy, everyMinute, within).told[0]).toEqual({ minute: 20, channelIds: [a] });
  });

  test("outside its hours a policy waits until they begin, in its time zone", () => {
    const hours = { zone: "Europe/Berlin", weekdays: [1], from: "11:30", to: "17:00" };
    // 10:00 UTC on a Monday is 11:00 in Berlin.
    expect(follow({ ...policy, hours }, everyMinute).told.map(({ minute }) => minute)).toEqual([30, 40, 50]);
  });

  test("a window within the hour skipped by summer time does not open, and the policy waits a week", () => {
    const hours = { zone: "Europe/Berlin", weekdays: [7], from: "02:10", to: "02:40" };
    const sunday = new Date("2026-03-29T00:00:00Z");
    const progress = { startedAt: sunday, doneMinutes: 0 };
    const verdict = decideEscalation(
      { ...policy, hours },
      progress,
      open,
      new Date(sunday.getTime() + 6 * 60_000),
    );
    expect(verdict).toMatchObject({ act: "wait", until: new Date("2026-04-05T00:10:00Z") });
  });

  test("nothing is sent after an acknowledgement or more often than the policy allows, however often it is checked", () => {
    const steps = fc.array(
      fc.record({
        afterMinutes: fc.integer({ min: 1, max: 60 }),
        channelIds: fc.subarray([a, b], { minLength: 1 }),
        userIds: fc.constant<string[]>([]),
        repeat: fc.option(
          fc.record({
            everyMinutes: fc.integer({ min: 1, max: 20 }),
            times: fc.integer({ min: 1, max: 5 }),
          }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const looks = fc.uniqueArray(fc.integer({ min: 0, max: 240 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, looks, fc.integer({ min: 0, max: 240 }), (some, minutes, when) => {
        const sorted = minutes.toSorted((x, y) => x - y);
        const { told: notified } = follow({ ...policy, steps: some }, sorted, (minute) =>
          minute < when ? open : acknowledged,
        );
        expect(notified.every(({ minute }) => minute < when)).toBe(true);
        for (const channel of [a, b]) {
          const most = some
            .filter(({ channelIds }) => channelIds.includes(channel))
            .reduce((sum, { repeat }) => sum + 1 + (repeat?.times ?? 0), 0);
          expect(
            notified.filter(({ channelIds }) => channelIds.includes(channel)).length,
          ).toBeLessThanOrEqual(most);
        }
        const first = Math.min(...some.map(({ afterMinutes }) => afterMinutes));
        expect(notified.every(({ minute }) => minute >= first)).toBe(true);
      }),
    );
  });
});
