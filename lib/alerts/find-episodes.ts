import type { AlertRules } from "@/lib/alerts/alert-rules";
import type { AlertKind, Episode } from "@/lib/alerts/episode";
import { findSilences, type Silence } from "@/lib/alerts/find-silences";
import type { Heard } from "@/lib/alerts/heard";
import { type Stretch, toStretches } from "@/lib/alerts/to-stretches";

/** One reason to look, from when it held until it did not; epoch ms. Reasons that overlap are one episode. */
interface Reason {
  kind: AlertKind;
  since: number;
  from: number;
  until: number | null;
}

/**
 * All episodes of a call at `now` (epoch ms), ascending. A hang lasts until the assistant's next sign of life, as does
 * silence the caller left; silence nobody was asked to break lasts until anybody speaks. What comes late changes no
 * episode it does not fall into, and what comes twice changes none.
 */
export function findEpisodes(heard: Heard, rules: AlertRules, now: number): Episode[] {
  const end = heard.endedAt === null ? null : Date.parse(heard.endedAt);
  const stretches = toStretches(heard, end ?? now);
  const silences = findSilences(stretches, heard.startedAt, end ?? now);
  const answers = findAnswers(heard);
  const answerAfter = (at: number) =>
    answers.find((answer) => answer >= at && (end === null || answer < end)) ?? end;

  const reasons = [
    ...findHangs(heard, end).map(
      (at): Reason => ({
        kind: "hang",
        since: lastHeard(stretches, heard, at),
        from: at,
        until: answerAfter(at),
      }),
    ),
    ...silences.flatMap((silence) => judge(silence, rules, end, answerAfter)),
  ];
  return join(reasons.filter(({ from, until }) => until === null || until > from)).map((episode) =>
    toEpisode(episode, end),
  );
}

function judge(
  silence: Silence,
  rules: AlertRules,
  end: number | null,
  answerAfter: (at: number) => number | null,
): Reason[] {
  const { since, until, after, isBroken } = silence;
  const reasons: Reason[] = [];
  const lasted = (seconds: number | null): seconds is number =>
    seconds !== null && until - since >= seconds * 1000;
  if (after === "user" && lasted(rules.noAnswerSeconds)) {
    reasons.push({
      kind: "no-answer",
      since,
      from: since + rules.noAnswerSeconds * 1000,
      until: answerAfter(since),
    });
  }
  if (lasted(rules.silenceSeconds)) {
    reasons.push({
      kind: "silence",
      since,
      from: since + rules.silenceSeconds * 1000,
      until: isBroken ? until : end,
    });
  }
  return reasons;
}

/** Each warning once; none after the call's end. */
function findHangs({ marks }: Heard, end: number | null): number[] {
  const hangs = marks
    .filter(({ kind }) => kind === "hang")
    .map(({ id, at }) => [id, Date.parse(at)] as const);
  return [...new Map(hangs).values()].filter((at) => end === null || at < end);
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

interface Joined extends Reason {
  kinds: AlertKind[];
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
  const named = (["hang", "no-answer", "silence"] as const).find((kind) => kinds.includes(kind)) ?? "silence";
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
