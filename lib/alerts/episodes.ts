import { type Episode, type EpisodeKind, episodeKinds, toAlertId } from "@/lib/alerts/alert";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import { hang } from "@/lib/alerts/rules/hang";
import type { Reason, Speech, Warned } from "@/lib/alerts/rules/rule";
import { findSilences, type Heard, type Stretch, toStretches } from "@/lib/alerts/silences";
import { type Call, whenEnded } from "@/lib/calls/call";
import type { HangEpisode } from "@/lib/calls/detail";

/** Joins overlapping reasons into episodes. `end`: of the call, null while it is live. */
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
 * All episodes of a call at `now` (epoch ms), ascending, by every rule. A late event changes only episodes it falls into, and a
 * repeated one none.
 */
export function findEpisodes(heard: Heard, rules: AlertRules, now: number): Episode[] {
  const end = heard.endedAt === null ? null : Date.parse(heard.endedAt);
  const stretches = toStretches(heard, end ?? now);
  const silences = findSilences(stretches, heard.startedAt, end ?? now);
  const speech: Speech = { silences, ...toWarned(heard, stretches, end) };
  return joinReasons(alertRules.flatMap(({ findReasons }) => findReasons(speech, rules)).filter(lasts), end);
}

const lasts = ({ from, until }: Reason) => until === null || until > from;

/** What a call's hangs are derived from: its marks, and its transcript lines. */
export type HangSigns = Pick<Heard, "marks" | "lines">;

/**
 * How often, since when and for how long the caller was left waiting, ascending. The only place that counts hangs, for live and
 * stored calls alike.
 */
export function callHangs(
  call: Pick<Call, "status" | "startedAt" | "endedAt" | "lastEventAt" | "assistantSpokeAt">,
  signs: HangSigns,
): HangEpisode[] {
  const { startedAt, assistantSpokeAt } = call;
  const heard: Heard = { ...signs, startedAt, assistantSpokeAt, endedAt: whenEnded(call) };
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
function toWarned(heard: Heard, stretches: readonly Stretch[], end: number | null): Warned {
  const answers = findAnswers(heard);
  return {
    hangs: findWarnings(heard),
    end,
    answerAfter: (at) => answers.find((answer) => answer >= at && (end === null || answer < end)) ?? end,
    lastHeard: (at) => lastHeard(stretches, heard, at),
  };
}

/** Each warning once. One after the call's end has no duration, so it is no reason. */
function findWarnings({ marks }: Heard): number[] {
  const hangs = marks
    .filter(({ kind }) => kind === "hang")
    .map(({ id, at }) => [id, Date.parse(at)] as const);
  return [...new Map(hangs).values()];
}

/** Every sign that the assistant started speaking, ascending. Its stop is none: the warning came after it had started. */
function findAnswers({ marks, lines, assistantSpokeAt }: Heard): number[] {
  const begun = marks.filter(({ kind, role }) => kind === "speech-started" && role === "assistant");
  const said = lines.filter(({ source, role }) => source === "transcript" && role === "assistant");
  const signs = [...begun, ...said].map(({ at }) => Date.parse(at));
  return [...signs, ...(assistantSpokeAt ? [Date.parse(assistantSpokeAt)] : [])].sort((a, b) => a - b);
}

/** The end of the last speech before a moment; the moment itself while someone is speaking. */
function lastHeard(stretches: readonly Stretch[], { startedAt }: Heard, at: number): number {
  const ends = stretches.filter(({ from }) => from <= at).map(({ to }) => to);
  if (startedAt !== null) ends.push(Date.parse(startedAt));
  return ends.length > 0 ? Math.min(at, Math.max(...ends)) : at;
}

/** A stored alert. Epoch ms. */
interface Noticed {
  id: string;
  sinceMs: number;
}

export interface Matched {
  id: string;
  episode: Episode;
}

/**
 * Gives each episode its alert's id, each id once: its own, or that of the stored alert whose beginning falls into it, unless
 * that is another episode's own id. The latter happens when late events have moved the episode's beginning.
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
