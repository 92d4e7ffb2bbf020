import { type Episode, type EpisodeKind, episodeKinds, toAlertId } from "@/lib/alerts/alert";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import type { Reason, Speech } from "@/lib/alerts/rules/rule";
import { findSilences, type Heard, type Stretch, toStretches } from "@/lib/alerts/silences";

/** Reasons that overlap are one episode. `end`: of the call, null while it lives. */
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
      joined.push({ ...reason, kinds: [reason.kind] });
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
 * All episodes of a call at `now` (epoch ms), ascending, by every rule. What comes late changes no episode it does not fall
 * into, and what comes twice changes none.
 */
export function findEpisodes(heard: Heard, rules: AlertRules, now: number): Episode[] {
  const end = heard.endedAt === null ? null : Date.parse(heard.endedAt);
  const stretches = toStretches(heard, end ?? now);
  const silences = findSilences(stretches, heard.startedAt, end ?? now);
  const answers = findAnswers(heard);
  const speech: Speech = {
    silences,
    hangs: findHangs(heard),
    end,
    answerAfter: (at) => answers.find((answer) => answer >= at && (end === null || answer < end)) ?? end,
    lastHeard: (at) => lastHeard(stretches, heard, at),
  };
  const reasons = alertRules.flatMap(({ findReasons }) => findReasons(speech, rules));
  return joinReasons(
    reasons.filter(({ from, until }) => until === null || until > from),
    end,
  );
}

/** Each warning once. One after the call's end lasts no time, so it is no reason. */
function findHangs({ marks }: Heard): number[] {
  const hangs = marks
    .filter(({ kind }) => kind === "hang")
    .map(({ id, at }) => [id, Date.parse(at)] as const);
  return [...new Map(hangs).values()];
}

/** Every sign that the assistant speaks, ascending. That it has stopped is none: the warning came after it began. */
function findAnswers({ marks, lines, assistantSpokeAt }: Heard): number[] {
  const begun = marks.filter(({ kind, role }) => kind === "speech-started" && role === "assistant");
  const said = lines.filter(({ source, role }) => source === "transcript" && role === "assistant");
  const signs = [...begun, ...said].map(({ at }) => Date.parse(at));
  return [...signs, ...(assistantSpokeAt ? [Date.parse(assistantSpokeAt)] : [])].sort((a, b) => a - b);
}

/** The end of the last speech before a moment; the moment itself while somebody speaks. */
function lastHeard(stretches: readonly Stretch[], { startedAt }: Heard, at: number): number {
  const ends = stretches.filter(({ from }) => from <= at).map(({ to }) => to);
  if (startedAt !== null) ends.push(Date.parse(startedAt));
  return ends.length > 0 ? Math.min(at, Math.max(...ends)) : at;
}

/** What is known of an alert that was noticed before. Epoch ms. */
interface Noticed {
  id: string;
  sinceMs: number;
}

export interface Matched {
  id: string;
  episode: Episode;
}

/**
 * Each episode under its alert's id, no two under one: its own, or the one it was noticed by where what came late has since
 * moved where it begins. Such an alert belongs to the episode its beginning falls into, unless another bears its name.
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
