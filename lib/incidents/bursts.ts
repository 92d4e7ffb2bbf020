import {
  type Cause,
  type CauseKind,
  type CauseValues,
  scopeKinds,
  wholeAccount,
} from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";
import { chanceOfTrouble, type Trouble, type Usual, windowMinutes } from "@/lib/rates/usual";

/** A call in trouble: an alert, an end that was a failure, or a tool that failed. Times in epoch ms. */
export interface Signal {
  id: string;
  callId: string;
  kind: Trouble;
  at: number;
  /** When it was over; null while it lasts. A failure is over at once. */
  endedAt: number | null;
  causes: CauseValues;
}

/** Any call, in trouble or not, that signals are held against. */
export interface BackgroundCall {
  id: string;
  from: number;
  /** Null while it lives. */
  to: number | null;
  causes: CauseValues;
}

/** Signals with one likely cause. A pure function of what happened, in whichever order it was heard of. */
export interface Group {
  cause: Omit<Cause, "label">;
  /** Oldest first. */
  members: Signal[];
  since: number;
  openedAt: number;
  lastAt: number;
  /** When the last was over and it had been quiet for long enough; null before. */
  closedAt: number | null;
}

export interface Candidate extends Omit<Group, "cause" | "closedAt"> {
  kind: CauseKind;
  value: string;
  callIds: ReadonlySet<string>;
  /** When the last member was over; infinite while one lasts. */
  endedAt: number;
  /** How long it must be quiet until it is over. */
  quietMs: number;
}

/** By what it is judged whether signals are more than usual. Without what is usual, their count alone is. */
export interface Measure {
  rules: IncidentRules;
  usual: Usual | null;
  volumes: Volumes;
}

const minuteMs = 60_000;
/** However unusual it is, fewer calls are no incident. */
export const fewestUnusual = 3;
/** All calls together are named only after so long: by then a cause that some of them share has shown. */
const accountMs = 2 * minuteMs;
/** After so many calls without trouble it is over, where few come. */
const quietCalls = 5;
const mostQuietMinutes = 15;
/** Goes on for as long as what comes is less likely than this by chance. */
const stillUnusual = 0.01;

export const endOf = ({ endedAt }: Signal) => endedAt ?? Number.POSITIVE_INFINITY;

/** For each value of a kind: its signals that follow each other without a long pause and begin with a burst. */
export function findCandidates(
  kind: CauseKind,
  signals: readonly Signal[],
  measure: Measure,
): readonly Candidate[] {
  // What all calls do is judged by what is usual alone: that they have something in common says nothing.
  if (kind === "account" && !measure.usual) return [];
  const byValue = new Map<string, Signal[]>();
  for (const signal of signals) {
    const value = kind === "account" ? wholeAccount : signal.causes[kind];
    if (value === undefined) continue;
    const its = byValue.get(value);
    if (its) its.push(signal);
    else byValue.set(value, [signal]);
  }
  return [...byValue].flatMap(([value, its]) => {
    const quietMs = quietMsOf(kind, value, measure);
    return toRuns(its, quietMs).flatMap((run) => toCandidates(kind, value, run, quietMs, measure));
  });
}

/**
 * Who took the calls of a candidate, where one assistant, version or number took nearly all of them: of a new version nothing is
 * known that its own calls could be unlike.
 */
export function findTakers(
  { kind, since, openedAt, lastAt, members, quietMs }: Candidate,
  signals: readonly Signal[],
  share: number,
): Candidate[] {
  if (isScope(kind)) return [];
  return (["version", "assistant", "number"] as const).flatMap((taker) => {
    const counts = new Map<string, number>();
    for (const { causes } of members) {
      const value = causes[taker];
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const [value, count] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ["", 0];
    if (count < share * members.length) return [];
    const theirs = signals.filter(({ at, causes }) => causes[taker] === value && at >= since && at <= lastAt);
    return {
      kind: taker,
      value,
      members: theirs,
      callIds: new Set(theirs.map(({ callId }) => callId)),
      since,
      openedAt,
      lastAt,
      endedAt: Math.max(...theirs.map(endOf)),
      quietMs,
    };
  });
}

/** As the settings say, but where few calls come: until so many have come that could have shown that it goes on. */
function quietMsOf(kind: CauseKind, value: string, { rules, usual }: Measure): number {
  const volume = isScope(kind)
    ? usual?.volumeOf(kind, value, 0)
    : usual?.volumeOf("account", wholeAccount, 0);
  const minutes = volume ? Math.min(mostQuietMinutes, quietCalls / volume.perMinute) : 0;
  return Math.max(rules.quietMinutes, minutes) * minuteMs;
}

const isScope = (kind: CauseKind) => scopeKinds.some((scope) => scope === kind);

function toRuns(signals: readonly Signal[], quietMs: number): Signal[][] {
  const runs: Signal[][] = [];
  let quietFrom = Number.NEGATIVE_INFINITY;
  for (const signal of signals) {
    const run = runs.at(-1);
    if (run && signal.at - quietFrom <= quietMs) run.push(signal);
    else runs.push([signal]);
    quietFrom = run && signal.at - quietFrom <= quietMs ? Math.max(quietFrom, endOf(signal)) : endOf(signal);
  }
  return runs;
}

/** What came before the first burst is no part of it, nor is what is as usual after it. None: there were never enough calls at a time. */
function toCandidates(
  kind: CauseKind,
  value: string,
  run: readonly Signal[],
  quietMs: number,
  measure: Measure,
): Candidate[] {
  const found: Candidate[] = [];
  let from = 0;
  for (let index = 0; index < run.length; index += 1) {
    const signal = run[index];
    const first = signal && findBurst(kind, value, run, from, index, measure);
    if (!signal || first === null || first === undefined) continue;
    const until = findEnd(kind, value, run, index, quietMs, measure);
    const members = run.slice(first, until);
    found.push({
      kind,
      value,
      members,
      callIds: new Set(members.map(({ callId }) => callId)),
      since: members[0]?.at ?? signal.at,
      openedAt: signal.at,
      lastAt: members.at(-1)?.at ?? signal.at,
      endedAt: Math.max(...members.map(endOf)),
      quietMs,
    });
    from = until;
    index = until - 1;
  }
  return found;
}

/** Where a burst begins that has come to be one with signal `index`; null where it has not. */
function findBurst(
  kind: CauseKind,
  value: string,
  run: readonly Signal[],
  from: number,
  index: number,
  { rules, usual, volumes }: Measure,
): number | null {
  const at = run[index]?.at ?? 0;
  const within = (ms: number) => {
    let first = index;
    while (first > from && at - (run[first - 1]?.at ?? 0) <= ms) first -= 1;
    return first;
  };
  if (!usual) {
    const first = within(rules.windowSeconds * 1000);
    return countCalls(run.slice(first, index + 1)) >= rules.count ? first : null;
  }
  for (const minutes of windowMinutes) {
    const first = within(minutes * minuteMs);
    const some = run.slice(first, index + 1);
    if (kind === "account" && at - (run[first]?.at ?? at) < accountMs) continue;
    const calls = volumes.count(kind, value, at - minutes * minuteMs, at);
    if (chanceOf(kind, value, some, calls, usual, fewestUnusual) < usual.alpha) return first;
  }
  return null;
}

/** The index after the last signal that belongs to what began: what comes later is no more than usual. */
function findEnd(
  kind: CauseKind,
  value: string,
  run: readonly Signal[],
  opened: number,
  quietMs: number,
  { usual, volumes }: Measure,
): number {
  if (!usual) return run.length;
  for (let index = opened + 1; index < run.length; index += 1) {
    const at = run[index]?.at ?? 0;
    const first = run.findIndex((signal) => signal.at > at - quietMs);
    const calls = volumes.count(kind, value, at - quietMs, at);
    const chance = chanceOf(kind, value, run.slice(first, index + 1), calls, usual, 1);
    if (first > opened && chance > stillUnusual) return first;
  }
  return run.length;
}

/** How likely the least likely kind of trouble among these signals is by chance. */
function chanceOf(
  kind: CauseKind,
  value: string,
  signals: readonly Signal[],
  calls: number,
  usual: Usual,
  least: number,
): number {
  return Math.min(
    ...(["failure", "alert", "tool"] as const).map((trouble) => {
      const count = countCalls(signals.filter((signal) => signal.kind === trouble));
      return count < least ? 1 : chanceOfTrouble(usual.shareOf(kind, value, trouble), count, calls);
    }),
  );
}

const countCalls = (signals: readonly Signal[]) => new Set(signals.map(({ callId }) => callId)).size;

/** How many calls there were in some minutes, of which signals are a part. */
export interface Volumes {
  count(kind: CauseKind, value: string, from: number, to: number): number;
}

/**
 * Counts calls by when they began and ended: the mean of both, so that an outage that ends many at once does not pass for as many
 * calls. Of a provider, a stage, an end reason or a tool all calls count.
 */
export function createVolumes(calls: readonly BackgroundCall[]): Volumes {
  const known = new Map<string, readonly number[]>();
  const momentsOf = (kind: CauseKind, value: string) => {
    const isOwn = isScope(kind) && kind !== "account";
    const key = isOwn ? `${kind} ${value}` : "";
    let moments = known.get(key);
    if (!moments) {
      const own = isOwn ? calls.filter(({ causes }) => causes[kind] === value) : calls;
      moments = own.flatMap(({ from, to }) => [from, to ?? Infinity]).sort((a, b) => a - b);
      known.set(key, moments);
    }
    return moments;
  };
  return {
    count(kind, value, from, to) {
      const moments = momentsOf(kind, value);
      return (countUntil(moments, to) - countUntil(moments, from)) / 2;
    },
  };
}

/** How many of sorted moments are not after this one. */
function countUntil(moments: readonly number[], at: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
