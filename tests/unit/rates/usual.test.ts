import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Signal } from "@/lib/incidents/bursts";
import { findGroups } from "@/lib/incidents/group";
import { wholeAccount } from "@/lib/incidents/incident";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import { evaluateCost, evaluatePart, evaluateResponse } from "@/lib/rates/evaluate-figures";
import { countSeries, type SeriesCount } from "@/lib/rates/series";
import { chanceOfSilence, type History, toUsual } from "@/lib/rates/usual";
import { chooseUnusual, evaluateFigures } from "@/lib/rates/watch";
import { seriesCount } from "@/tests/support/makers/series-count";

const rules = incidentRulesSetting.initial;
const minuteMs = 60_000;
/** A Monday. */
const hourAt = new Date("2026-06-01T10:00:00Z");
const at = (minutes: number) => new Date(hourAt.getTime() + minutes * minuteMs);

const desk = { kind: "assistant", value: "desk" } as const;
const eleven = { kind: "provider", value: "ElevenLabs" } as const;
const code = {
  kind: "end-reason",
  value: "call.in-progress.error-vapifault-eleven-labs-500-server-error",
} as const;
const voice = { kind: "stage", value: "voice" } as const;

/** Weeks with a number of calls per hour, some of which fail; `worst`: failures on the first day. */
function history({ perHour = 60, failures = 1, weeks = 6, worst = -1 } = {}): History {
  const calls = { begun: perHour, ended: perHour };
  return {
    days: Array.from({ length: weeks * 7 }, (_, n) => {
      const failed = n === 0 && worst >= 0 ? worst : failures * 10;
      const ofDay = { begun: perHour * 10, ended: perHour * 10, failures: failed };
      return [
        { ...seriesCount(ofDay), day: `day ${n}` },
        { ...seriesCount({ ...desk, ...ofDay }), day: `day ${n}` },
        ...[eleven, code, voice].map((series) => ({
          ...seriesCount({ ...series, failures: Math.round(failed / 2) }),
          day: `day ${n}`,
        })),
      ];
    }).flat(),
    hours: [0, 1, 2].flatMap((hoursAgo) =>
      Array.from({ length: weeks }, (_, index) =>
        [seriesCount({ ...calls, failures }), seriesCount({ ...desk, ...calls, failures })].map((each) => ({
          ...each,
          hoursAgo,
          week: index + 1,
        })),
      ).flat(),
    ),
    figures: [],
    weeks,
    hourAt,
  };
}

const usualOf = (of: History) => {
  const usual = toUsual(of, rules);
  if (!usual) throw new Error("Too little is known.");
  return usual;
};

test("rates: too few days or calls give no baseline, and two weeks give none for an hour", () => {
  expect(toUsual({ ...history(), days: history().days.slice(0, 6) }, rules)).toBeNull();
  expect(toUsual(history({ perHour: 0 }), rules)).toBeNull();
  const young = toUsual(history({ weeks: 2 }), rules);
  expect(young?.volumeOf("account", wholeAccount, 0)).toBeNull();
  expect(young?.shareOf("account", wholeAccount, "failure").share).toBeCloseTo(1 / 60, 2);
});

test("rates: one day of outage does not raise the usual failure rate", () => {
  const share = (worst: number) =>
    usualOf(history({ worst })).shareOf("provider", "ElevenLabs", "failure").share;
  expect(share(600)).toBeCloseTo(share(10), 3);
});

test("rates: a new version starts at the account's usual failure rate, and a new provider at a tiny one above zero", () => {
  const usual = usualOf(history());
  const account = usual.shareOf("account", wholeAccount, "failure").share;
  expect(usual.shareOf("version", "desk@8", "failure").share).toBeCloseTo(account, 6);
  expect(usual.shareOf("provider", "Cartesia", "failure").share).toBeGreaterThan(0);
  expect(usual.shareOf("provider", "Cartesia", "failure").share).toBeLessThan(1e-4);
});

test("rates: the calls expected in a silence come from the same hours of past weeks, even across an hour boundary", () => {
  const usual = usualOf(history());
  const silence = (minutes: number, now: Date) =>
    chanceOfSilence(usual, "account", wholeAccount, now, minutes * minuteMs);
  expect(silence(10, at(30)).expected).toBeCloseTo(10, 6);
  expect(silence(90, at(30)).expected).toBeCloseTo(90, 6);
  expect(silence(30, at(30)).chance).toBeCloseTo(Math.exp(-30), 15);
  const busyBefore = history();
  const hours = busyBefore.hours.map((each) => (each.hoursAgo === 0 ? { ...each, begun: 0 } : each));
  const quiet = usualOf({ ...busyBefore, hours });
  expect(chanceOfSilence(quiet, "account", wholeAccount, at(30), 30 * minuteMs).expected).toBe(0);
});

function failure(n: number, seconds: number, ofEleven = true): Signal {
  const moment = hourAt.getTime() + seconds * 1000;
  return {
    id: `call-${n}`,
    callId: `call-${n}`,
    kind: "failure",
    at: moment,
    endedAt: moment,
    causes: {
      assistant: "desk",
      ...(ofEleven && { "end-reason": code.value, provider: "ElevenLabs", stage: "voice" }),
    },
  };
}

const background = (howMany: number, seconds: number) =>
  Array.from({ length: howMany }, (_, n) => ({
    id: `healthy-${n}`,
    from: hourAt.getTime() + (n * seconds * 1000) / howMany - 180_000,
    to: hourAt.getTime() + (n * seconds * 1000) / howMany,
    causes: { assistant: "desk" },
  }));

test("rates: three failures in five minutes are an incident if failures are rare; five in a minute are none if usual", () => {
  const three = [failure(1, 0), failure(2, 100), failure(3, 250)];
  const calls = background(5, 300);
  const now = at(6).getTime();
  expect(findGroups(three, calls, rules, now)).toEqual([]);
  const [group] = findGroups(three, calls, rules, now, { usual: usualOf(history({ perHour: 600 })) });
  expect(group?.cause).toMatchObject(code);
  const five = Array.from({ length: 5 }, (_, n) => failure(n, n * 10));
  const busy = background(300, 60);
  expect(findGroups(five, busy, rules, now)).toHaveLength(1);
  expect(
    findGroups(five, busy, rules, now, { usual: usualOf(history({ perHour: 3000, failures: 300 })) }),
  ).toEqual([]);
});

test("rates: failures as frequent as usual after an outage do not keep its incident open", () => {
  const usual = usualOf(history({ perHour: 600, failures: 60 }));
  const outage = Array.from({ length: 60 }, (_, n) => failure(n, n * 2));
  const after = Array.from({ length: 20 }, (_, n) => failure(1_000 + n, 120 + (n + 1) * 60, false));
  const calls = background(260, 1_400);
  const groups = findGroups([...outage, ...after], calls, rules, at(25).getTime(), { usual });
  expect(groups).toHaveLength(1);
  expect(groups[0]?.closedAt).not.toBeNull();
  expect(groups[0]?.members.every(({ causes }) => causes.provider === "ElevenLabs")).toBe(true);
});

test("rates: incidents found against a baseline do not depend on event order, and no failure is in two of them", () => {
  const usual = usualOf(history());
  const signal = fc.record({
    n: fc.integer({ min: 0, max: 40 }),
    seconds: fc.integer({ min: 0, max: 1_500 }),
  });
  fc.assert(
    fc.property(
      fc
        .uniqueArray(signal, { selector: ({ n }) => n, maxLength: 40 })
        .map((all) => all.map(({ n, seconds }) => failure(n, seconds, n % 3 > 0)))
        .chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
      ([all, shuffled]) => {
        const calls = background(30, 1_500);
        const find = (signals: Signal[], known: typeof calls) =>
          findGroups(signals, known, rules, at(30).getTime(), { usual });
        const groups = find(all, calls);
        expect(find(shuffled, calls.toReversed())).toEqual(groups);
        const members = groups.flatMap((group) => group.members.map(({ id }) => id));
        expect(new Set(members).size).toBe(members.length);
      },
    ),
  );
});

const replies = (slow: number, quick: number) =>
  Array.from({ length: 41 }, (_, bin) => (bin === 11 ? quick : bin === 30 ? slow : 0));

test("rates: a p95 is unusual only if more responses are slow than chance explains", () => {
  const hours = Array.from({ length: 6 }, () => seriesCount({ replies: replies(2, 298) }));
  const evaluate = (slow: number, quick: number) =>
    evaluateResponse(seriesCount({ replies: replies(slow, quick) }), hours, 1e-7)?.verdict;
  expect(evaluate(1, 99)).toBe("usual");
  expect(evaluate(8, 92)).toBe("unsure");
  expect(evaluate(60, 40)).toBe("unusual");
  expect(evaluate(10, 5)).toBeUndefined();
  expect(evaluateResponse(seriesCount({ replies: replies(60, 40) }), hours.slice(0, 2), 1e-7)).toBeNull();
});

test("rates: a mean cost is judged against the same hours of past weeks and by its number of calls", () => {
  const hours = Array.from({ length: 6 }, (_, n) => seriesCount({ costUsd: 6 + n / 10, costed: 60 }));
  const evaluate = (mean: number, costed: number) =>
    evaluateCost(seriesCount({ costUsd: mean * costed, costed }), hours)?.verdict;
  expect(evaluate(0.11, 100)).toBe("usual");
  expect(evaluate(0.3, 100)).toBe("unusual");
  expect(evaluate(0.2, 20)).toBe("unsure");
  expect(evaluate(0.5, 10)).toBeUndefined();
});

test("rates: if the whole account is silent, its assistants are not reported one by one", () => {
  const usual = usualOf(history());
  const verdicts = evaluateFigures(usual, { quarter: [], hour: [], lastBegun: [] }, rules, at(40));
  expect(verdicts.map(({ watched }) => watched)).toEqual([
    `volume account ${wholeAccount}`,
    "volume assistant desk",
  ]);
  expect(chooseUnusual(verdicts).map(({ watched }) => watched)).toEqual([`volume account ${wholeAccount}`]);
  const off = evaluateFigures(
    usual,
    { quarter: [], hour: [], lastBegun: [] },
    { ...rules, volume: false },
    at(40),
  );
  expect(off).toEqual([]);
});

test("rates: a call is counted for its scope, the provider that failed, its billed providers and each tool", () => {
  const call = {
    causes: { assistant: "desk", version: "desk@7", number: "+15550100001" },
    endedReason: "call.in-progress.error-vapifault-eleven-labs-500-server-error",
    costUsd: 0.2,
    replies: [0, 1],
    billed: [
      { kind: "voice", provider: "11labs", usd: 0.04 },
      { kind: "voice", provider: "11labs", usd: 0.01 },
      { kind: "model", provider: "openai", usd: 0.1 },
      { kind: "vapi", provider: null, usd: 0.05 },
    ],
    turns: [{ voice: 200, model: 700 }, { voice: 300 }],
    tools: [
      { name: "book", hasFailed: true, ms: 40 },
      { name: "find", hasFailed: false, ms: 20 },
    ],
  };
  const counts = countSeries({
    begun: [{ causes: call.causes, count: 2 }],
    ended: [call],
    alerts: [{ causes: call.causes }],
    answered: [120, 80],
  });
  const of = (kind: string, value: string) =>
    counts.find((each) => each.kind === kind && each.value === value);
  for (const [kind, value] of [["account", wholeAccount], ...Object.entries(call.causes)] as const) {
    expect(of(kind, value)).toMatchObject({
      begun: 2,
      ended: 1,
      failures: 1,
      alerts: 1,
      tools: 1,
      costed: 1,
    });
  }
  expect(of("provider", "ElevenLabs")).toMatchObject({ failures: 1 });
  expect(of("stage", "response")).toMatchObject({ alerts: 1 });
  expect(of("stage", "tool")).toMatchObject({ tools: 1 });
  expect(of("tool", "book")).toMatchObject({ tools: 1 });
  expect(of("tool", "find")?.tools).toBe(0);
  expect(of("part", "voice ElevenLabs")).toMatchObject({ ended: 1, failures: 1, p95Ms: 300, costed: 1 });
  expect(of("part", "voice ElevenLabs")?.costUsd).toBeCloseTo(0.05);
  expect(of("part", "model OpenAI")).toMatchObject({ ended: 1, failures: 0, p95Ms: 700 });
  expect(of("part", "tool book")).toMatchObject({ ended: 1, failures: 1 });
  expect(of("part", "webhook ")).toMatchObject({ ended: 2, p95Ms: 120 });
});

test("rates: a provider's p95 is judged against past weeks and by its number of calls", () => {
  const hours = Array.from({ length: 6 }, (_, n) => seriesCount({ kind: "part", p95Ms: 800 + 10 * n }));
  const evaluate = (p95Ms: number | null, ended: number, weeks = 6) =>
    evaluatePart(seriesCount({ kind: "part", p95Ms, ended }), hours.slice(0, weeks))?.verdict;
  expect(evaluate(900, 100)).toBe("usual");
  expect(evaluate(1_400, 100)).toBe("unsure");
  expect(evaluate(2_000, 100)).toBe("unusual");
  expect(evaluate(2_000, 20)).toBe("unsure");
  expect(evaluate(4_000, 20)).toBe("unusual");
  expect(evaluate(4_000, 19)).toBeUndefined();
  expect(evaluate(4_000, 100, 2)).toBeUndefined();
  expect(evaluate(null, 100)).toBeUndefined();
});

describe("rates: slow and expensive providers", () => {
  const voice = { kind: "part", value: "voice ElevenLabs" } as const;
  const model = { kind: "part", value: "model OpenAI" } as const;
  const [fast, slow] = [{ p95Ms: 800 }, { p95Ms: 4_000 }];
  const desks = [
    { kind: "assistant", value: "desk" },
    { kind: "assistant", value: "clinic" },
  ] as const;
  const [quickly, slowly] = [{ replies: replies(0, 100) }, { replies: replies(100, 0) }];
  const of = (series: Pick<SeriesCount, "kind" | "value">, more: Partial<SeriesCount>) =>
    seriesCount({ ...series, ended: 100, ...more });

  function choose(lately: SeriesCount[]): string[] {
    const before = [
      seriesCount(quickly),
      ...desks.map((desk) => of(desk, quickly)),
      of(voice, { ...fast, costUsd: 3, costed: 100 }),
      of(model, fast),
    ];
    const figures = Array.from({ length: 6 }, () => before).flat();
    const usual = usualOf({ ...history(), figures });
    const verdicts = evaluateFigures(
      usual,
      { quarter: [], hour: lately, lastBegun: [] },
      { ...rules, volume: false },
      at(40),
    );
    return chooseUnusual(verdicts).map(({ cause }) => `${cause.metric?.name} ${cause.kind} ${cause.value}`);
  }

  test("a slow provider is an incident of its own, even if overall response times are not slow", () => {
    expect(choose([of(voice, slow), of(model, fast)])).toEqual(["response provider ElevenLabs"]);
    expect(choose([of(voice, fast), of(model, fast)])).toEqual([]);
  });

  test("a slow provider is named instead of the overall response time and the slow assistants", () => {
    const [desk, clinic] = desks;
    const all = [seriesCount(slowly), of(voice, slow), of(model, fast)];
    expect(choose([...all, of(desk, slowly), of(clinic, slowly)])).toEqual(["response provider ElevenLabs"]);
    expect(choose([...all, of(desk, slowly)])).toEqual(["response provider ElevenLabs"]);
  });

  test("a single slow assistant is named, even if its calls make a provider slow", () => {
    const [desk, clinic] = desks;
    expect(choose([seriesCount(slowly), of(desk, slowly), of(clinic, quickly), of(model, slow)])).toEqual([
      "response assistant desk",
    ]);
  });

  test("a provider that costs more than usual is named", () => {
    expect(choose([of(voice, { ...fast, costUsd: 12, costed: 100 })])).toEqual(["cost provider ElevenLabs"]);
    expect(choose([of(voice, { ...fast, costUsd: 3.1, costed: 100 })])).toEqual([]);
  });

  test("tools and Earshot's own webhook are not reported", () => {
    const ours = ["tool book", "webhook "].map((value) => ({ kind: "part", value }) as const);
    const figures = Array.from({ length: 6 }, () => ours.map((part) => of(part, fast))).flat();
    const hour = ours.map((part) => of(part, slow));
    const usual = usualOf({ ...history(), figures });
    expect(
      evaluateFigures(usual, { quarter: [], hour, lastBegun: [] }, { ...rules, volume: false }, at(40)),
    ).toEqual([]);
  });
});
