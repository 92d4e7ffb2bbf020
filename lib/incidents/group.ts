import { describeEndedReason } from "@/lib/calls/ended-reason";
import {
  type Candidate,
  endOf,
  findCandidates,
  findTakers,
  type Group,
  type Measure,
  type Signal,
  type ToolSuccess,
} from "@/lib/incidents/bursts";
import { type Cause, type CauseKind, type CauseValues, causeKinds } from "@/lib/incidents/incident";
import type { IncidentRules } from "@/lib/incidents/rules";
import { type BackgroundCall, createVolumes } from "@/lib/incidents/volumes";
import type { Usual } from "@/lib/rates/usual";

/** Names of the providers used in an assistant's last call, by the assistant's value in `causes`. */
type ProvidersOf = ReadonlyMap<string, readonly string[]>;

interface Known {
  /** Usual rates to compare signals with; null: their count decides. */
  usual?: Usual | null;
  /** Successful calls of the tools that failed, used while no usual rates are known. */
  successes?: readonly ToolSuccess[];
  providersOf?: ProvidersOf;
}

/**
 * Finds the incidents among signals, starting with the group that explains the most; its members are removed before the
 * next search.
 */
export function findGroups(
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  rules: IncidentRules,
  now: number,
  { usual = null, successes = [], providersOf = new Map() }: Known = {},
): Group[] {
  const measure = { rules, usual, volumes: createVolumes(calls), successes };
  const explained = new Set<string>();
  const groups: Group[] = [];
  let rest = leaveOutNormalErrors(signals.toSorted(byTime), measure);
  for (;;) {
    const found = causeKinds.flatMap((kind) => findCandidates(kind, rest, measure));
    const takers = usual ? found.flatMap((candidate) => findTakers(candidate, rest, similarShare)) : [];
    const best = choose([...found, ...takers], rest, calls, explained);
    if (!best) break;
    const { candidate, evidence } = best;
    const provider = findProvider(candidate, rest, calls, explained, providersOf);
    const members = rest.filter((signal) => isMember(signal, candidate));
    const overAt = Math.max(...members.map(endOf)) + candidate.quietMs;
    groups.push({
      cause: provider ?? { kind: candidate.kind, value: candidate.value, evidence },
      members,
      since: candidate.since,
      openedAt: candidate.openedAt,
      lastAt: candidate.lastAt,
      closedAt: overAt <= now ? overAt : null,
    });
    for (const { callId } of members) explained.add(callId);
    const taken = new Set(members);
    rest = rest.filter((signal) => !taken.has(signal));
  }
  return groups;
}

/** Drops the failures of tools that are not broken: some answer with an error in normal use. */
function leaveOutNormalErrors(signals: readonly Signal[], measure: Measure): Signal[] {
  if (measure.usual) return [...signals];
  const ofTools = signals.filter(({ kind }) => kind === "tool");
  const broken = new Set(findCandidates("tool", ofTools, measure).flatMap(({ members }) => members));
  return signals.filter((signal) => signal.kind !== "tool" || broken.has(signal));
}

/** A call that hung and then failed belongs to one incident with both signals. */
function isMember(signal: Signal, { callIds, since, endedAt }: Candidate): boolean {
  return callIds.has(signal.callId) && signal.at >= since && signal.at <= endedAt;
}

const byTime = (a: Signal, b: Signal) => a.at - b.at || compare(a.id, b.id);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** A more specific cause is preferred if it explains at least this share of what the broadest one explains. */
const similarShare = 0.9;
/** A failure rate this unlikely by chance means that the value matters. */
const maxChance = 0.01;

interface Weighed {
  candidate: Candidate;
  evidence: Cause["evidence"];
  /** Smaller is more specific. */
  rank: number;
}

/**
 * Chooses among the causes that explain about as much as the best one. First comes an assistant, version or number that
 * fails more often than the others, then an end reason, a provider, a stage. Without other calls to compare with,
 * assistant, version and number come last. Null if no candidate is a likely cause.
 */
function choose(
  candidates: readonly Candidate[],
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
): Weighed | null {
  const weighed = candidates.map((candidate) => weigh(candidate, signals, calls, explained));
  const ofRanks = (from: number, to: number) => weighed.filter(({ rank }) => rank >= from && rank < to);
  const likely = ofRanks(ranks.tool, ranks.account);
  const vague = likely.length > 0 ? likely : ofRanks(withoutOthers, unlikely);
  const pool = vague.length > 0 ? vague : ofRanks(ranks.account, withoutOthers);
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
  tool: -1,
  assistant: 0,
  version: 0,
  number: 0,
  "end-reason": 1,
  provider: 2,
  stage: 3,
  account: 4,
};
const withoutOthers = 5;
const unlikely = 6;

function weigh(
  candidate: Candidate,
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
): Weighed {
  const evidence = countEvidence(candidate, signals, calls, explained);
  const kindRank = ranks[candidate.kind];
  if (kindRank !== 0) return { candidate, evidence, rank: kindRank };
  if (isOfProvider(candidate)) return { candidate, evidence, rank: unlikely };
  if (evidence.without.total === 0) return { candidate, evidence, rank: withoutOthers };
  return { candidate, evidence, rank: chanceOf(evidence) < maxChance ? kindRank : unlikely };
}

/**
 * Whether the end reasons blame one provider or the line, so that the assistants are not at fault. The line may still
 * be that of one of our numbers.
 */
function isOfProvider({ kind, members }: Candidate): boolean {
  const counts = new Map<string, number>();
  for (const { causes } of members) {
    const code = causes["end-reason"];
    const whose = causes.provider ?? causes.stage;
    if (code === undefined || whose === undefined || (kind === "number" && causes.stage === "transport"))
      continue;
    if (describeEndedReason(code).group !== "provider-fault") continue;
    counts.set(whose, (counts.get(whose) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) >= similarShare * members.length;
}

/**
 * Finds the provider behind silent calls, since a hang does not say what caused it: the one that nearly all of these
 * calls used and other calls in the same minutes did not. Null if there is none, or if two explain it equally well.
 */
function findProvider(
  candidate: Candidate,
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
  providersOf: ProvidersOf,
): Group["cause"] | null {
  const { kind, value, members } = candidate;
  if (kind !== "account" && !(kind === "stage" && value === "response")) return null;
  const nameable = new Set(members.flatMap(({ causes }) => providersOf.get(causes.assistant ?? "") ?? []));
  const blamed = [...nameable].flatMap((provider) => {
    const isOf = ({ assistant = "" }: CauseValues) => providersOf.get(assistant)?.includes(provider) ?? false;
    const theirs = members.filter(({ causes }) => isOf(causes));
    if (theirs.length < similarShare * members.length) return [];
    const callIds = new Set(theirs.map(({ callId }) => callId));
    const evidence = countEvidence({ ...candidate, callIds }, signals, calls, explained, isOf);
    const chance = chanceOf(evidence);
    return evidence.without.total > 0 && chance < maxChance ? [{ provider, evidence, chance }] : [];
  });
  const [best, next] = blamed.sort((a, b) => a.chance - b.chance);
  if (!best || best.chance === next?.chance) return null;
  return { kind: "provider", value: best.provider, evidence: best.evidence };
}

/** Counts the calls in the candidate's minutes with and without its value, except those that another incident explains. */
function countEvidence(
  { kind, value, callIds, since, lastAt }: Candidate,
  signals: readonly Signal[],
  calls: readonly BackgroundCall[],
  explained: ReadonlySet<string>,
  isOf = (causes: CauseValues) => kind === "account" || causes[kind] === value,
): Cause["evidence"] {
  const failing = new Map<string, boolean>(
    signals
      .filter(({ at }) => at >= since && at <= lastAt)
      .map(({ callId, causes }) => [callId, isOf(causes)]),
  );
  for (const callId of callIds) failing.set(callId, true);
  const healthy = calls.filter(
    ({ id, from, to }) => !failing.has(id) && !explained.has(id) && from <= lastAt && (to ?? lastAt) >= since,
  );
  const isInside = [...failing.values()].filter(Boolean).length;
  const healthyInside = healthy.filter(({ causes }) => isOf(causes)).length;
  const outside = failing.size - isInside;
  return {
    with: { failed: isInside, total: isInside + healthyInside },
    without: { failed: outside, total: outside + healthy.length - healthyInside },
  };
}

/** Returns the probability of at least this many failures if the value did not matter: Fisher's exact test, one-sided. */
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

/** `logFactorials[n]`, extended on demand, so that large counts do not make the sum above quadratic. */
const logFactorials = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i += 1) {
    logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  }
  return logFactorials[n] ?? 0;
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** Matches each known incident with the group that shares the most calls with it. Unmatched groups are new. */
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
