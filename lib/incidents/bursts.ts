import { type Cause, type CauseKind, type CauseValues, wholeAccount } from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";
import { isScope, type Volumes } from "@/lib/incidents/volumes";
import { chanceOfFailures, type FailureKind, type Usual, windowMinutes } from "@/lib/rates/usual";

/** A call in trouble: an alert, a failed call or a failed tool. Times in epoch ms. */
export interface Signal {
  id: string;
  callId: string;
  kind: FailureKind;
  at: number;
  /** When it ended; null while it lasts. A failure has no duration. */
  endedAt: number | null;
  causes: CauseValues;
}

/** Signals with one likely cause. Does not depend on the order they were received in. */
export interface Group {
  cause: Omit<Cause, "label">;
  /** Oldest first. */
  members: Signal[];
  since: number;
  openedAt: number;
  lastAt: number;
  /** When the last member had ended and the quiet time had passed; null before. */
  closedAt: number | null;
}

export interface Candidate extends Omit<Group, "cause" | "closedAt"> {
  kind: CauseKind;
  value: string;
  callIds: ReadonlySet<string>;
  /** When the last member ended; infinite while one lasts. */
  endedAt: number;
  /** How long it must be quiet before the group closes. */
  quietMs: number;
}

/** A call in which a tool ran without an error. */
export interface ToolSuccess {
  tool: string;
  callId: string;
  at: number;
}

/**
 * How to tell whether there are unusually many signals. Without `usual`, the count in the rules decides; for a tool,
 * half of the calls that used it must also have failed, because some tools answer with an error in normal use.
 */
export interface Measure {
  rules: IncidentRules;
  usual: Usual | null;
  volumes: Volumes;
  /** Only used while no usual rates are known. */
  successes: readonly ToolSuccess[];
}

const minuteMs = 60_000;
/** Fewer calls than this are never an incident, however unusual they are. */
export const fewestUnusual = 3;
/** All calls together (`account`) are blamed only after this long; by then a more specific shared cause has emerged. */
const accountMs = 2 * minuteMs;
/** In low traffic, this many calls without trouble close a group. */
const quietCalls = 5;
const mostQuietMinutes = 15;
/** While no usual rates are known: the share of a tool's calls that must fail. */
const brokenShare = 0.5;
/** A group continues while new signals are less likely than this by chance. */
const stillUnusual = 0.01;

export const endOf = ({ endedAt }: Signal) => endedAt ?? Number.POSITIVE_INFINITY;

/** For each value of a kind, finds runs of signals that begin with a burst and have no long pause between them. */
export function findCandidates(
  kind: CauseKind,
  signals: readonly Signal[],
  measure: Measure,
): readonly Candidate[] {
  // All calls share the account, so it is only a candidate where usual traffic is known for comparison.
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
 * Finds the assistant, version or number that took nearly all calls of a candidate. A new version has no history to
 * compare its calls with.
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

/** Returns the configured quiet time, extended in low traffic until enough calls could have shown that the problem persists. */
function quietMsOf(kind: CauseKind, value: string, { rules, usual }: Measure): number {
  const volume = isScope(kind)
    ? usual?.volumeOf(kind, value, 0)
    : usual?.volumeOf("account", wholeAccount, 0);
  const minutes = volume ? Math.min(mostQuietMinutes, quietCalls / volume.perMinute) : 0;
  return Math.max(rules.quietMinutes, minutes) * minuteMs;
}

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

/**
 * Drops the signals before the first burst and those at a usual rate after it. Returns nothing if there were never
 * enough calls at a time.
 */
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

/** Returns the index at which the burst completed by signal `index` begins; null if there is none. */
function findBurst(
  kind: CauseKind,
  value: string,
  run: readonly Signal[],
  from: number,
  index: number,
  measure: Measure,
): number | null {
  const { rules, usual, volumes } = measure;
  const at = run[index]?.at ?? 0;
  const within = (ms: number) => {
    let first = index;
    while (first > from && at - (run[first - 1]?.at ?? 0) <= ms) first -= 1;
    return first;
  };
  if (!usual) {
    const first = within(rules.windowSeconds * 1000);
    const some = run.slice(first, index + 1);
    return countCalls(some) >= rules.count && isBroken(kind, value, some, measure) ? first : null;
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

/** Returns the index after the last signal of the burst; later signals are at a usual rate. */
function findEnd(
  kind: CauseKind,
  value: string,
  run: readonly Signal[],
  opened: number,
  quietMs: number,
  measure: Measure,
): number {
  const { usual, volumes } = measure;
  if (!usual && kind !== "tool") return run.length;
  for (let index = opened + 1; index < run.length; index += 1) {
    const at = run[index]?.at ?? 0;
    const first = run.findIndex((signal) => signal.at > at - quietMs);
    if (first <= opened) continue;
    const some = run.slice(first, index + 1);
    if (!usual) {
      if (!isBroken(kind, value, some, measure)) return first;
      continue;
    }
    const calls = volumes.count(kind, value, at - quietMs, at);
    if (chanceOf(kind, value, some, calls, usual, 1) > stillUnusual) return first;
  }
  return run.length;
}

/** Whether at least half of the calls that used a tool between these failures failed. True for other kinds of cause. */
function isBroken(
  kind: CauseKind,
  value: string,
  failures: readonly Signal[],
  { successes }: Measure,
): boolean {
  if (kind !== "tool") return true;
  const [from, to] = [failures[0]?.at ?? 0, failures.at(-1)?.at ?? 0];
  const failed = new Set(failures.map(({ callId }) => callId));
  const fine = new Set(
    successes.flatMap(({ tool, callId, at }) =>
      tool === value && at >= from && at <= to && !failed.has(callId) ? callId : [],
    ),
  );
  return failed.size >= brokenShare * (failed.size + fine.size);
}

/** Returns the probability of the least likely kind of trouble among these signals. */
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
      return count < least ? 1 : chanceOfFailures(usual.shareOf(kind, value, trouble), count, calls);
    }),
  );
}

const countCalls = (signals: readonly Signal[]) => new Set(signals.map(({ callId }) => callId)).size;
