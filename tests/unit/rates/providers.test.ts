import { expect, test } from "vitest";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import { describePart } from "@/lib/rates/providers";
import type { SeriesCount } from "@/lib/rates/series";
import { toProviders } from "@/lib/rates/to-providers";
import { toUsual, type Usual } from "@/lib/rates/usual";
import { seriesCount } from "@/tests/support/makers/series-count";

const now = new Date("2026-06-01T10:20:00Z");
const voice = { kind: "part", value: "voice ElevenLabs" } as const;

/**
 * Weeks of 100 calls a day with one failure each; `worst`: failures on the first day; `p95Ms`: the voice's usual p95 at
 * this hour.
 */
function usualOf({ worst = 1, weeks = 6, p95Ms = 2_000 } = {}): Usual | null {
  const weekly = Array.from({ length: weeks }, (_, week) => week + 1);
  return toUsual(
    {
      days: Array.from({ length: weeks * 7 }, (_, n) => {
        const day = `day ${n}`;
        const failures = n === 0 ? worst : 1;
        return [
          { ...seriesCount({ ended: 100, failures }), day },
          { ...seriesCount({ ...voice, ended: 100, failures }), day },
        ];
      }).flat(),
      hours: weekly.map((week) => ({ ...seriesCount({ ...voice, ended: 10 }), hoursAgo: 0, week })),
      figures: weekly.map(() => seriesCount({ ...voice, ended: 10, p95Ms })),
      weeks,
      hourAt: new Date("2026-06-01T10:00:00Z"),
    },
    incidentRulesSetting.initial,
  );
}

/** The voice's current state. */
function voiceNow(usual: Usual | null, lately: Partial<SeriesCount>) {
  const counts = [seriesCount({ ...voice, ...lately })];
  const known = { quarter: counts, hour: counts, kept: [], usual, reasons: new Map() };
  const [part] = toProviders(known, now).parts;
  if (!part) throw new Error("There is no part.");
  return part;
}

test("providers: one day of outage does not raise the baseline or hide a second outage", () => {
  const part = voiceNow(usualOf({ worst: 90 }), { ended: 40, failures: 8 });
  expect(part.usual.failureShare).toBeCloseTo(0.01, 4);
  expect(part.state).toBe("failing");
  expect(describePart(part)).toBe(
    "ElevenLabs (voice) failed in 8 of 40 calls in the last 15 min, usually 1.0 %.",
  );
});

test("providers: a part is slow compared with the same hour of past weeks, but not if only two weeks are known", () => {
  const lately = { ended: 40, p95Ms: 3_100 };
  expect(voiceNow(usualOf(), lately)).toMatchObject({ state: "slow", usual: { p95Ms: 2_000 } });
  expect(voiceNow(usualOf({ p95Ms: 2_500 }), lately).state).toBe("usual");
  expect(voiceNow(usualOf({ weeks: 2 }), lately)).toMatchObject({ state: "usual", usual: { p95Ms: null } });
});

test("providers: without a baseline none is shown, and three failures in three calls count as failing", () => {
  const part = voiceNow(null, { ended: 3, failures: 3 });
  expect(part).toMatchObject({ state: "failing", usual: { failureShare: null, p95Ms: null } });
  expect(describePart(part)).toBe("ElevenLabs (voice) failed in 3 of 3 calls in the last 15 min.");
  expect(voiceNow(usualOf({ weeks: 0 }), { ended: 3 }).usual.failureShare).toBeNull();
});
