import { type Episode, type EpisodeKind, episodeKinds, toAlertId } from "@/lib/alerts/alert";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import { hang } from "@/lib/alerts/rules/hang";
import type { Reason, Speech, Warned } from "@/lib/alerts/rules/rule";
import { findSilences, type SpeechFacts, type Stretch, toStretches } from "@/lib/alerts/silences";
import { type Call, whenEnded } from "@/lib/calls/call";
import type { HangEpisode } from "@/lib/calls/detail";

/** Joins overlapping reasons into episodes. `end`: the call's end, null while it is live. */
export function joinReasons(reasons: readonly Reason[], end: number | null): Episode[] {
  return join(reasons).map((joined) => toEpisode(joined, end));
}

interface Joined extends Reason {
  kinds: EpisodeKind[];
}

function join(reasons: readonly Reason[]): Joined[] {
  const joined: Joined[] = [];
  for (const reason of reasons.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (!last || (last.until !== null && last.until <= reason.from)) {
      // Two rules may see the same silence end at different times: a closed episode must not overlap the next.
      const since = Math.max(reason.since, last?.until ?? reason.since);
      joined.push({ ...reason, since, kinds: [reason.kind] });
      continue;
    }
    last.since = Math.min(last.since, reason.since);
    last.until = last.until === null || reason.until === null ? null : Math.max(last.until, reason.until);
    last.kinds.push(reason.kind);
  }
  return joined;
}

function toEpisode({ since, from, until, kinds }: Joined, end: number | null): Episode {
  const order = (kind: EpisodeKind) => episodeKinds.indexOf(kind);
  const named = kinds.reduce((first, kind) => (order(kind) < order(first) ? kind : first));
  return {
    kind: named,
    since: toIso(since),
    openedAt: toIso(from),
    hangs: kinds.filter((kind) => kind === "hang").length,
    closedAt: until === null ? null : toIso(until),
    outcome: until === null ? "open" : until === end ? "call-ended" : "recovered",
  };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * Returns all episodes of a call at `now` (epoch ms) by every rule, ascending. A late event changes only the episodes
 * it falls into; a repeated event changes none.
 */
export function findEpisodes(speechFacts: SpeechFacts, rules: AlertRules, now: number): Episode[] {
  const end = speechFacts.endedAt === null ? null : Date.parse(speechFacts.endedAt);
  const stretches = toStretches(speechFacts, end ?? now);
  const silences = findSilences(stretches, speechFacts.startedAt, end ?? now);
  const speech: Speech = { silences, ...toWarned(speechFacts, stretches, end) };
  return joinReasons(alertRules.flatMap(({ findReasons }) => findReasons(speech, rules)).filter(lasts), end);
}

const lasts = ({ from, until }: Reason) => until === null || until > from;

/** The inputs of `callHangs`: a call's marks and transcript lines. */
export type HangSigns = Pick<SpeechFacts, "marks" | "lines">;

/**
 * Returns a call's hangs, ascending: when each began, was warned of and ended, and its number of warnings. The only
 * place that counts hangs, for live and stored calls alike.
 */
export function callHangs(
  call: Pick<Call, "status" | "startedAt" | "endedAt" | "lastEventAt" | "assistantSpokeAt">,
  signs: HangSigns,
): HangEpisode[] {
  const { startedAt, assistantSpokeAt } = call;
  const heard: SpeechFacts = { ...signs, startedAt, assistantSpokeAt, endedAt: whenEnded(call) };
  const end = heard.endedAt === null ? null : Date.parse(heard.endedAt);
  // No warning lies in the future, so it does not matter how long the last speech continues after it.
  const stretches = toStretches(heard, end ?? Number.POSITIVE_INFINITY);
  const reasons = hang.findReasons(toWarned(heard, stretches, end)).filter(lasts);
  return joinReasons(reasons, end).map(({ since, openedAt, closedAt, hangs }) => ({
    startedAt: since,
    warnedAt: openedAt,
    stoppedAt: closedAt,
    warnings: hangs,
  }));
}

/** The warnings of a call, and the speech around them. */
function toWarned(speechFacts: SpeechFacts, stretches: readonly Stretch[], end: number | null): Warned {
  const answers = findAnswers(speechFacts);
  return {
    hangs: findWarnings(speechFacts),
    end,
    answerAfter: (at) => answers.find((answer) => answer >= at && (end === null || answer < end)) ?? end,
    lastHeard: (at) => lastHeard(stretches, speechFacts, at),
  };
}

/** Returns each warning once. One after the call's end has no duration and is dropped later (`lasts`). */
function findWarnings({ marks }: SpeechFacts): number[] {
  const hangs = marks
    .filter(({ kind }) => kind === "hang")
    .map(({ id, at }) => [id, Date.parse(at)] as const);
  return [...new Map(hangs).values()];
}

/**
 * Returns every sign that the assistant started speaking, ascending. A stop is not one: that speech began before the
 * warning.
 */
function findAnswers({ marks, lines, assistantSpokeAt }: SpeechFacts): number[] {
  const begun = marks.filter(({ kind, role }) => kind === "speech-started" && role === "assistant");
  const said = lines.filter(({ source, role }) => source === "transcript" && role === "assistant");
  const signs = [...begun, ...said].map(({ at }) => Date.parse(at));
  return [...signs, ...(assistantSpokeAt ? [Date.parse(assistantSpokeAt)] : [])].sort((a, b) => a - b);
}

/** The end of the last speech before a moment; the moment itself while someone is speaking. */
function lastHeard(stretches: readonly Stretch[], { startedAt }: SpeechFacts, at: number): number {
  const ends = stretches.filter(({ from }) => from <= at).map(({ to }) => to);
  if (startedAt !== null) ends.push(Date.parse(startedAt));
  return ends.length > 0 ? Math.min(at, Math.max(...ends)) : at;
}

/** A stored alert. Epoch ms. */
interface Noticed {
  id: string;
  sinceMs: number;
}

interface Matched {
  id: string;
  episode: Episode;
}

/**
 * Gives each episode a distinct alert id: its own, or, when late events have moved its beginning, that of the stored
 * alert that began within it, unless another episode owns that id.
 */
export function matchEpisodes(
  callId: string,
  episodes: readonly Episode[],
  noticed: readonly Noticed[],
): Matched[] {
  const named = episodes.map((episode) => ({ episode, ownId: toAlertId(callId, episode.since) }));
  const ownIds = new Set(named.map(({ ownId }) => ownId));
  const known = new Set(noticed.map(({ id }) => id));
  const moved = noticed
    .filter(({ id }) => !ownIds.has(id))
    .sort((a, b) => a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1));
  return named.map(({ episode, ownId }) => {
    if (known.has(ownId)) return { id: ownId, episode };
    const from = Date.parse(episode.since);
    const until = episode.closedAt === null ? Number.POSITIVE_INFINITY : Date.parse(episode.closedAt);
    const earlier = moved.find(({ sinceMs }) => sinceMs >= from && sinceMs < until);
    return { id: earlier?.id ?? ownId, episode };
  });
}
