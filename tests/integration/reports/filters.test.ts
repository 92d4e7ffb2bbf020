import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { db } from "@/db/client";
import { countReports } from "@/db/queries/reports/count";
import { listReports } from "@/db/queries/reports/list";
import { callDocuments } from "@/db/schema/reports";
import { describeEndedReason, endedGroups } from "@/lib/calls/ended-reason";
import {
  type ReportFilter,
  type ReportFilterName,
  reportQuerySchema,
  reportSorts,
} from "@/lib/reports/filter";
import { toSuccess } from "@/lib/reports/success";
import { toDayStart } from "@/lib/zone-time";
import { dayOf } from "@/lib/zones";
import { createRandom } from "@/scripts/simulator/random";
import { anyText } from "@/tests/support/makers/any-text";
import { type ArchivedCall, fillRandomly } from "@/tests/support/makers/random-archive";
import { toZoneTime } from "@/tests/support/makers/zone-time";

const seed = Number(process.env.SEED ?? Date.now() % 1e9);
let archive: ArchivedCall[];

beforeAll(async () => {
  archive = await fillRandomly(600, createRandom(String(seed)));
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const day = fc.integer({ min: 20, max: 31 }).map((date) => `2026-03-${date}`);
const some = <T>(values: readonly T[]) =>
  fc.subarray([...values], { minLength: 1 }).map((chosen) => chosen.join(","));

/** Any filter, in the form of a URL. Clocks changed on 29 March 2026 in Berlin and on 8 March in New York. */
const filters = fc.record(
  {
    // Periods relative to today are tested below; these calls are all from one March.
    period: fc.constant(undefined),
    from: maybe(day),
    to: maybe(day),
    zone: maybe(fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Auckland")),
    assistant: maybe(fc.constantFrom("intake", "support", "nobody")),
    version: fc.constant(undefined),
    number: maybe(fc.constantFrom("+15550100900", "+15550100902")),
    group: maybe(some(endedGroups)),
    reason: maybe(fc.constantFrom("customer-ended-call", "unknown", "voicemail", "no-such-reason")),
    weekday: maybe(fc.constantFrom("1", "7")),
    hour: maybe(fc.constantFrom("0", "3", "15")),
    minSeconds: maybe(fc.constantFrom("0", "60", "120")),
    maxSeconds: maybe(fc.constantFrom("60", "150")),
    minCost: maybe(fc.constantFrom("0.1", "0.3")),
    maxCost: maybe(fc.constantFrom("0.2", "0.4")),
    success: maybe(fc.constantFrom("yes", "no", "unknown")),
    hang: maybe(fc.constantFrom("yes", "no")),
    tag: maybe(fc.constantFrom("urgent", "billing", "urgent,billing", "nothing")),
    score: maybe(some(["none", "1", "5"])),
    q: maybe(
      fc.constantFrom("parcel", "refunds -dentist", '"the parcel and the invoice"', "appoint*", "-weather"),
    ),
    sort: fc.constantFrom(...reportSorts),
  } satisfies Record<ReportFilterName | "sort", unknown>,
  { requiredKeys: ["sort"] },
);

const filtered = (filter: ReportFilter) => archive.filter((call) => isAskedFor(call, filter));

/** Reference implementation: whether a call matches a filter. */
function isAskedFor(call: ArchivedCall, filter: ReportFilter): boolean {
  const { from, to, zone, group, reason, weekday, hour, tag, score, success, hang } = filter;
  const dayAfter = to && new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
  const isWithin = (value: number, min = -1, max = 1e9) => value >= min && value <= max;
  return (
    (!from || call.createdAt >= toDayStart(from, zone)) &&
    (!dayAfter || call.createdAt < toDayStart(dayAfter, zone)) &&
    (reason === undefined || call.endedReason === reason) &&
    (weekday === undefined || toZoneTime(call.createdAt, zone).weekday === weekday) &&
    (hour === undefined || toZoneTime(call.createdAt, zone).hour === hour) &&
    (!filter.assistant || call.assistant.toLowerCase() === filter.assistant) &&
    (!filter.number || call.number === filter.number) &&
    (!group || group.some((each) => each === describeEndedReason(call.endedReason).group)) &&
    isWithin(call.durationSeconds, filter.minSeconds, filter.maxSeconds) &&
    isWithin(call.costUsd, filter.minCost, filter.maxCost) &&
    (!success || { yes: true, no: false, unknown: null }[success] === toSuccess(call.evaluation)) &&
    (!hang || (hang === "yes") === call.hangs > 0) &&
    (tag ?? []).every((each) => call.tags.includes(each)) &&
    (!score || score.some((each) => (each === "none" ? call.score === null : Number(each) === call.score))) &&
    hasWords(call, filter.q)
  );
}

function hasWords({ words }: ArchivedCall, q: string | undefined): boolean {
  const says = (word: string) => words.includes(word);
  switch (q) {
    case undefined:
      return true;
    case "parcel":
      return says("parcel");
    case "refunds -dentist":
      return says("refund") && !says("dentist");
    case '"the parcel and the invoice"':
      return says("parcel") && says("invoice");
    case "appoint*":
      return says("appointment");
    default:
      return !says("weather");
  }
}

async function listAll(params: Record<string, string | undefined>): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = reportQuerySchema.parse({ ...params, cursor, limit: "70" });
    const { reports, nextCursor } = await listReports(db, query, { isMasked: false });
    ids.push(...reports.map(({ call }) => call.id));
    if (nextCursor === null) return ids;
    cursor = nextCursor;
  }
}

it("reports: every filter lists exactly its calls across pages, once each, and counts them", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(filters, async (params) => {
      const expected = filtered(reportQuerySchema.parse(params));
      const ids = await listAll(params);
      expect(ids.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
      const counted = await countReports(db, reportQuerySchema.parse(params), {
        isMasked: false,
        timeoutMs: 60_000,
      });
      expect(counted).toEqual({ count: expected.length, isExact: true });
    }),
    { numRuns: 60, seed },
  );
});

it.each(reportSorts)("reports: the %s call comes first", async (sort) => {
  const byId = new Map(archive.map((call) => [call.id, call]));
  const keys = (await listAll({ sort })).map((id) => {
    const call = byId.get(id);
    if (!call) throw new Error("This call is none of ours.");
    return {
      newest: -call.createdAt,
      oldest: +call.createdAt,
      longest: -call.durationSeconds,
      costliest: -call.costUsd,
    }[sort];
  });
  expect(keys).toEqual(keys.toSorted((a, b) => a - b));
});

it.each(reportSorts)(
  "reports: calls added while paging by %s neither hide nor duplicate another call",
  async (sort) => {
    const before = archive.map(({ id }) => id);
    const random = createRandom(`${seed} later`);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = reportQuerySchema.parse({ sort, cursor, limit: "90" });
      const [page, added] = await Promise.all([
        listReports(db, query, { isMasked: false }),
        fillRandomly(10, random),
      ]);
      archive.push(...added);
      seen.push(...page.reports.map(({ call }) => call.id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((id) => !seen.includes(id))).toEqual([]);
  },
);

it("reports: every search text gets an answer", { timeout: 60_000 }, async () => {
  const hostile = fc.oneof(
    anyText({ maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(..."'\"\\:*&|!()<->-%_ aé漢🙂 \t"), maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (q, isMasked) => {
      const query = reportQuerySchema.safeParse({ q });
      if (!query.success) return;
      await listReports(db, query.data, { isMasked });
      await countReports(db, query.data, { isMasked });
    }),
    { numRuns: 200, seed },
  );
});

it("reports: a search finds calls beyond the newest thousands, each once and in order", {
  timeout: 120_000,
}, async () => {
  archive.push(...(await fillRandomly(2_600, createRandom(`${seed} many`))));
  const createdAt = new Map(archive.map((call) => [call.id, call.createdAt.getTime()]));
  const expected = archive.filter(({ words }) => words.includes("copper") && !words.includes("parcel"));
  for (const sort of ["newest", "oldest"] as const) {
    const ids = await listAll({ q: "copper -parcel", sort });
    expect(ids.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    const times = ids.map((id) => createdAt.get(id) ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => (sort === "newest" ? b - a : a - b)));
  }
});

it("reports: a named period covers its days up to today in the zone's local time", async () => {
  const zone = "Pacific/Auckland";
  const today = toDayStart(dayOf(Date.now(), zone), zone).getTime();
  const times = [today, today - 1, today - 45 * 86_400_000];
  const recent = await fillRandomly(times.length, createRandom(`${seed} of late`));
  for (const [index, call] of recent.entries()) {
    call.createdAt = new Date(times[index] ?? today);
    const { id, createdAt } = call;
    await db.update(callDocuments).set({ createdAt }).where(eq(callDocuments.callId, id));
  }
  archive.push(...recent);
  const [first = "", second = "", third = ""] = recent.map(({ id }) => id);
  const listed = async (period: string) => (await listAll({ period, zone })).toSorted();
  expect(await listed("today")).toEqual([first]);
  expect(await listed("yesterday")).toEqual([second]);
  expect(await listed("week")).toEqual([first, second].toSorted());
  expect(await listed("quarter")).toEqual([first, second, third].toSorted());
});
