import type { Group, Signal } from "@/lib/incidents/bursts";
import { findFailure } from "@/lib/incidents/failure";
import { findGroups } from "@/lib/incidents/group";
import type { CauseValues } from "@/lib/incidents/incident";
import { countSeries, type SeriesCount, sumCounts } from "@/lib/rates/series";
import type { Usual } from "@/lib/rates/usual";
import { chooseUnusual, evaluateFigures } from "@/lib/rates/watch";
import { createRandom } from "@/scripts/simulator/random";
import {
  callsBetween,
  day,
  hour,
  minute,
  type OutageCause,
  rhythm,
  rules,
  type SimulatedCall,
} from "@/tests/support/makers/simulated-calls";
import { Weeks } from "@/tests/support/makers/simulated-weeks";

const lookBack = 40 * minute;

/** Finds incidents with only what is known at `now`. */
function groupsAt(calls: readonly SimulatedCall[], now: number, usual: Usual | null): Group[] {
  const known = calls.filter(({ from, to }) => from <= now && to >= now - lookBack);
  const signals = known
    .flatMap((call) => call.signals)
    .filter(({ at }) => at <= now && at >= now - lookBack)
    .map((signal) => ({ ...signal, endedAt: (signal.endedAt ?? Infinity) <= now ? signal.endedAt : null }));
  const background = known.map(({ id, from, to, causes }) => ({
    id,
    from,
    to: to <= now ? to : null,
    causes,
  }));
  return findGroups(signals, background, rules, now, { usual });
}

export interface FalseAlarm {
  at: number;
  what: string;
}

/** Simulates days without an outage and returns what is wrongly called an incident. */
export function watchQuiet(seed: string, load: number, days: number, from = quietFrom): FalseAlarm[] {
  const weeks = new Weeks(seed, load, from);
  const alarms = new Map<string, FalseAlarm>();
  const open = new Set<string>();
  let calls = callsBetween(seed, load, from - 4 * hour, from, null);
  const last = new Map<string, { causes: CauseValues; at: Date }>();
  const begin = ({ causes, from: at }: Pick<SimulatedCall, "causes" | "from">) =>
    last.set(`${causes.assistant} ${causes.number}`, { causes, at: new Date(at) });
  for (const call of calls) begin(call);
  let usual = weeks.usualAt(from);
  const quarters: SeriesCount[][] = [];
  for (let at = from; at < from + days * day; at += 15 * minute) {
    const now = at + 15 * minute;
    calls = calls.filter(({ to }) => to >= at - lookBack);
    let next = calls.length;
    calls.push(...callsBetween(seed, load, at, now, null));
    if (at % hour === 0) usual = weeks.usualAt(at);
    for (const { cause, openedAt } of groupsAt(calls, now, usual)) {
      if (openedAt < at) continue;
      const what = `${cause.kind} ${cause.value}`;
      alarms.set(`${what} ${openedAt}`, { at: openedAt, what });
    }
    const ended = calls.filter(({ to }) => to > at && to <= now);
    quarters.push(
      countSeries({ begun: [], ended: ended.map((call) => call.ended), alerts: [], answered: [] }),
    );
    const lately = { quarter: quarters.at(-1) ?? [], hour: sumCounts(quarters.slice(-4).flat()) };
    for (let moment = at + minute; moment <= now; moment += minute) {
      for (const call of calls.slice(next)) {
        if (call.from > moment) break;
        begin(call);
        next += 1;
      }
      const isWhole = moment === now;
      const verdicts = evaluateFigures(
        usual,
        { ...(isWhole ? lately : { quarter: [], hour: [] }), lastBegun: [...last.values()] },
        rules,
        new Date(moment),
      );
      for (const verdict of verdicts) if (verdict.verdict === "usual") open.delete(verdict.watched);
      for (const { watched } of chooseUnusual(verdicts)) {
        if (open.has(watched)) continue;
        open.add(watched);
        alarms.set(`${watched} ${moment}`, { at: moment, what: watched });
      }
    }
  }
  return [...alarms.values()];
}

/** A Monday. */
export const quietFrom = Date.UTC(2026, 5, 1);

export interface Found {
  /** From the start of the outage until the fifth call was hit. */
  fifthMs: number;
  /** From the start of the outage until an incident opened; null if none opened while watching. */
  openedMs: number | null;
  /** From the fifth hit until the right cause was named; 0 if that was sooner. */
  rightMs: number | null;
  /** From the start of the outage until the right cause was named. */
  rightSinceStartMs: number | null;
}

/** Simulates an outage in working hours and looks for incidents after each event, as for real calls. */
export function watchOutage(seed: string, weeks: Weeks, cause: OutageCause, longestMs = 45 * minute): Found {
  const random = createRandom(seed);
  const days = random.whole(0, 4);
  const at = weeks.until + days * day + random.between(9, 18) * hour;
  const load = weeks.load / rhythm(at);
  const outage = { cause, at };
  const calls = callsBetween(seed, load, at - 45 * minute, at + longestMs, outage);
  const usual = weeks.usualAt(at);
  const events = calls
    .flatMap(({ signals }) => signals)
    .filter((signal) => signal.at >= at && signal.at <= at + longestMs)
    .sort((a, b) => a.at - b.at);
  const hits = new Map<string, number>();
  for (const signal of events) {
    if (isHit(cause, signal) && !hits.has(signal.callId)) hits.set(signal.callId, signal.at);
  }
  const fifth = [...hits.values()].sort((a, b) => a - b)[4] ?? at + longestMs;
  const found: Found = { openedMs: null, rightMs: null, rightSinceStartMs: null, fifthMs: fifth - at };
  for (const { at: now } of events) {
    const groups = groupsAt(calls, now, usual).filter(({ lastAt }) => lastAt >= at);
    if (groups.length > 0 && found.openedMs === null) found.openedMs = now - at;
    if (groups.some((group) => isRight(cause, group))) {
      found.rightMs = Math.max(0, now - fifth);
      found.rightSinceStartMs = now - at;
      break;
    }
  }
  return found;
}

const isHit = (cause: OutageCause, { causes, kind }: Signal) =>
  cause === "version"
    ? causes.version === "desk-2@8"
    : cause === "tool"
      ? causes.tool === "find_order"
      : kind === "failure" && isOf(cause, causes);

const providers = { voice: "ElevenLabs", transcriber: "Deepgram", model: "OpenAI" } as const;

function isOf(cause: OutageCause, causes: CauseValues): boolean {
  if (cause === "voice" || cause === "transcriber" || cause === "model")
    return causes.provider === providers[cause];
  return causes.stage === cause;
}

/** Whether an incident names what was down: the provider or part, an end reason that implies it, the tool, or the version. */
export function isRight(cause: OutageCause, { cause: named }: Group): boolean {
  if (cause === "version") return named.kind === "version" && named.value === "desk-2@8";
  if (cause === "tool") return named.kind === "tool" && named.value === "find_order";
  if (named.kind === "end-reason") {
    const failure = findFailure(named.value);
    return isOf(cause, {
      ...(failure?.provider && { provider: failure.provider }),
      ...(failure?.stage && { stage: failure.stage }),
    });
  }
  return isOf(cause, { [named.kind]: named.value });
}
