import { type Cause, type CauseKind, causeKinds } from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";

export type CauseValues = Partial<Record<CauseKind, string>>;

/** A call in trouble: an alert, or an end that was a failure. Times in epoch ms. */
export interface Signal {
  id: string;
  callId: string;
  kind: "alert" | "failure";
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

interface Candidate extends Omit<Group, "cause" | "closedAt"> {
  kind: CauseKind;
  value: string;
  callIds: ReadonlySet<string>;
  /** When the last member was over; infinite while one lasts. */
  endedAt: number;
}

/**
 * The incidents among signals, those that explain most first: each explains its members, and the rest is looked at anew.
 */
export function findGroups(
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  rules: IncidentRules,
  now: number,
): Group[] {
  const quietMs = rules.quietMinutes * 60_000;
  const explained = new Set<string>();
  const groups: Group[] = [];
  let rest = signals.toSorted(byTime);
  for (;;) {
    const candidates = causeKinds.flatMap((kind) => findCandidates(kind, rest, rules));
    const best = choose(candidates, rest, calls, explained);
    if (!best) break;
    const { candidate, evidence } = best;
    const members = rest.filter((signal) => isMember(signal, candidate));
    const endedAt = Math.max(...members.map(endOf));
    groups.push({
      cause: { kind: candidate.kind, value: candidate.value, evidence },
      members,
      since: candidate.since,
      openedAt: candidate.openedAt,
      lastAt: candidate.lastAt,
      closedAt: endedAt + quietMs <= now ? endedAt + quietMs : null,
    });
    for (const { callId } of members) explained.add(callId);
    const taken = new Set(members);
    rest = rest.filter((signal) => !taken.has(signal));
  }
  return groups;
}

/** A call that hung and then failed is in one incident with both. */
function isMember(signal: Signal, { callIds, since, endedAt }: Candidate): boolean {
  return callIds.has(signal.callId) && signal.at >= since && signal.at <= endedAt;
}

const byTime = (a: Signal, b: Signal) => a.at - b.at || compare(a.id, b.id);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const endOf = ({ endedAt }: Signal) => endedAt ?? Number.POSITIVE_INFINITY;

/** For each value of a kind: its signals that follow each other without a long pause and begin with a burst. */
function findCandidates(kind: CauseKind, signals: readonly Signal[], rules: IncidentRules): Candidate[] {
  const byValue = new Map<string | undefined, Signal[]>();
  for (const signal of signals) {
    const value = signal.causes[kind];
    const its = byValue.get(value);
    if (its) its.push(signal);
    else byValue.set(value, [signal]);
  }
  return [...byValue].flatMap(([value, its]) =>
    value === undefined
      ? []
      : toRuns(its, rules.quietMinutes * 60_000).flatMap((run) => toCandidate(kind, value, run, rules) ?? []),
  );
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

/** What came before the first burst is no part of it. Null: there were never enough calls at a time. */
function toCandidate(
  kind: CauseKind,
  value: string,
  run: readonly Signal[],
  { count, windowSeconds }: IncidentRules,
): Candidate | null {
  let first = 0;
  for (const [index, signal] of run.entries()) {
    while (signal.at - (run[first]?.at ?? 0) > windowSeconds * 1000) first += 1;
    if (new Set(run.slice(first, index + 1).map(({ callId }) => callId)).size < count) continue;
    const members = run.slice(first);
    return {
      kind,
      value,
      members,
      callIds: new Set(members.map(({ callId }) => callId)),
      since: members[0]?.at ?? signal.at,
      openedAt: signal.at,
      lastAt: members.at(-1)?.at ?? signal.at,
      endedAt: Math.max(...members.map(endOf)),
    };
  }
  return null;
}

/** A cause may leave so much of what another explains unexplained, and still be preferred for being more specific. */
const similarShare = 0.9;
/** A share of failures this unlikely by chance says that the value matters. */
const maxChance = 0.01;

interface Weighed {
  candidate: Candidate;
  evidence: Cause["evidence"];
  /** The smaller the more specific. */
  rank: number;
}

/**
 * Among those that explain about as much as any: an assistant, version or number that fails more often than the others do;
 * else an end reason, a provider, a stage. Where no other calls are known, who took the call says least. Null: what they have
 * in common, healthy calls have as well.
 */
function choose(
  candidates: readonly Candidate[],
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
): Weighed | null {
  const weighed = candidates.map((candidate) => weigh(candidate, signals, calls, explained));
  const likely = weighed.filter(({ rank }) => rank < withoutOthers);
  const pool = likely.length > 0 ? likely : weighed.filter(({ rank }) => rank === withoutOthers);
  const least = similarShare * Math.max(...pool.map(({ candidate }) => candidate.callIds.size));
  const [best] = pool.filter(({ candidate }) => candidate.callIds.size >= least).sort(bySpecificity);
  return best ?? null;
}

const share = ({ with: inside }: Cause["evidence"]) => inside.failed / Math.max(1, inside.total);

function bySpecificity(a: Weighed, b: Weighed): number {
  return (
    a.rank - b.rank ||
    share(b.evidence) - share(a.evidence) ||
    b.candidate.callIds.size - a.candidate.callIds.size ||
    causeKinds.indexOf(a.candidate.kind) - causeKinds.indexOf(b.candidate.kind) ||
    compare(a.candidate.value, b.candidate.value) ||
    a.candidate.since - b.candidate.since
  );
}

const ranks: Readonly<Record<CauseKind, number>> = {
  assistant: 0,
  version: 0,
  number: 0,
  "end-reason": 1,
  provider: 2,
  stage: 3,
};
const withoutOthers = 4;
const unlikely = 5;

function weigh(
  candidate: Candidate,
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
): Weighed {
  const evidence = countEvidence(candidate, signals, calls, explained);
  const kindRank = ranks[candidate.kind];
  if (kindRank > 0) return { candidate, evidence, rank: kindRank };
  if (evidence.without.total === 0) return { candidate, evidence, rank: withoutOthers };
  return { candidate, evidence, rank: chanceOf(evidence) < maxChance ? kindRank : unlikely };
}

/** Calls of the candidate's minutes, with its value and without; those that another incident explains count as neither. */
function countEvidence(
  { kind, value, callIds, since, lastAt }: Candidate,
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
): Cause["evidence"] {
  const failing = new Map<string, boolean>(
    signals
      .filter(({ at }) => at >= since && at <= lastAt)
      .map(({ callId, causes }) => [callId, causes[kind] === value]),
  );
  for (const callId of callIds) failing.set(callId, true);
  const healthy = calls.filter(
    ({ id, from, to }) => !failing.has(id) && !explained.has(id) && from <= lastAt && (to ?? lastAt) >= since,
  );
  const isInside = [...failing.values()].filter(Boolean).length;
  const healthyInside = healthy.filter(({ causes }) => causes[kind] === value).length;
  const outside = failing.size - isInside;
  return {
    with: { failed: isInside, total: isInside + healthyInside },
    without: { failed: outside, total: outside + healthy.length - healthyInside },
  };
}

/** How likely as many failures with the value were, if it did not matter: Fisher's exact test, one-sided. */
export function chanceOf({ with: inside, without }: Cause["evidence"]): number {
  const failed = inside.failed + without.failed;
  const total = inside.total + without.total;
  let chance = 0;
  for (let k = inside.failed; k <= Math.min(failed, inside.total); k += 1) {
    if (failed - k > without.total) continue;
    chance += Math.exp(
      logChoose(inside.total, k) + logChoose(without.total, failed - k) - logChoose(total, failed),
    );
  }
  return Math.min(1, chance);
}

/** `logFactorials[n]`: grown as far as it was asked for, so that no count of calls makes the sum above quadratic. */
const logFactorials = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i += 1) {
    logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  }
  return logFactorials[n] ?? 0;
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** Which group each known incident has become: that which shares most calls with it. The others are new. */
export function matchGroups(
  groups: readonly Group[],
  known: readonly { id: string; callIds: ReadonlySet<string> }[],
): { group: Group; id: string | null }[] {
  const pairs = groups.flatMap((group, index) =>
    known.map(({ id, callIds }) => ({
      index,
      id,
      shared: new Set(group.members.map(({ callId }) => callId).filter((callId) => callIds.has(callId))).size,
    })),
  );
  const ids = new Map<number, string>();
  const used = new Set<string>();
  const best = pairs
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || compare(a.id, b.id));
  for (const { index, id } of best) {
    if (ids.has(index) || used.has(id)) continue;
    ids.set(index, id);
    used.add(id);
  }
  return groups.map((group, index) => ({ group, id: ids.get(index) ?? null }));
}
