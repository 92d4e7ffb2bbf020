import type { AlertRules } from "@/lib/alerts/alert-rules";
import type { Episode } from "@/lib/alerts/episode";
import { findSilences, type Silence } from "@/lib/alerts/find-silences";
import type { Heard } from "@/lib/alerts/heard";
import { joinReasons, type Reason } from "@/lib/alerts/join-reasons";
import { type Stretch, toStretches } from "@/lib/alerts/to-stretches";

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
  return joinReasons(
    reasons.filter(({ from, until }) => until === null || until > from),
    end,
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
