import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEpisodes } from "@/lib/alerts/episodes";
import { type AlertRules, alertRulesSetting } from "@/lib/alerts/rules";
import type { SpeechFacts } from "@/lib/alerts/silences";
import type { SourceLine } from "@/lib/calls/line";
import type { Mark } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";
import {
  hangs,
  makeLine,
  makeMark,
  makeSourceLine,
  makeSpeechFacts,
  speaks,
} from "@/tests/support/makers/make-speech-facts";

const rules = alertRulesSetting.initial;
const find = (speech: SpeechFacts, second: number, by: AlertRules = rules) =>
  findEpisodes(speech, by, Date.parse(atSecond(second)));
const conversation = [...speaks("assistant", 1, 4), ...speaks("user", 5, 8)];

describe("episodes: a hang", () => {
  test("opens at once, counts from the last speech, and lasts until the assistant speaks", () => {
    const marks = [...conversation, hangs(11)];
    expect(find(makeSpeechFacts(marks), 11)).toEqual([
      {
        kind: "hang",
        since: atSecond(8),
        openedAt: atSecond(11),
        hangs: 1,
        closedAt: null,
        outcome: "open",
      },
    ]);
    expect(find(makeSpeechFacts([...marks, makeMark("speech-started", "assistant", 14)]), 15)).toMatchObject([
      { closedAt: atSecond(14), outcome: "recovered" },
    ]);
  });

  test("with a repeated warning stays one episode and counts its warnings", () => {
    const marks = [...conversation, hangs(11), hangs(13)];
    expect(find(makeSpeechFacts(marks), 14)).toMatchObject([
      { since: atSecond(8), openedAt: atSecond(11), hangs: 2 },
    ]);
  });

  test("after the assistant has spoken is a new episode", () => {
    const marks = [...conversation, hangs(11), ...speaks("assistant", 14, 16), hangs(20)];
    expect(find(makeSpeechFacts(marks), 21).map(({ since }) => since)).toEqual([atSecond(8), atSecond(16)]);
  });

  test("that arrives late, stamped no later than the assistant's speech, opens nothing", () => {
    const marks = [...conversation, ...speaks("assistant", 9, 12), hangs(9)];
    expect(find(makeSpeechFacts(marks), 13)).toEqual([]);
  });

  test("is not ended by the caller's speech or lines", () => {
    const speech = makeSpeechFacts([...conversation, hangs(11), ...speaks("user", 12, 13)], {
      lines: [makeLine("user", 13)],
    });
    expect(find(speech, 14)).toMatchObject([{ kind: "hang", outcome: "open" }]);
  });

  test.each([
    ["a final", { lines: [makeLine("assistant", 13)] }],
    ["a partial", { assistantSpokeAt: atSecond(13) }],
  ])("is ended by %s of the assistant without speech marks", (_, differences) => {
    expect(find(makeSpeechFacts([...conversation, hangs(11)], differences), 14)).toMatchObject([
      { closedAt: atSecond(13) },
    ]);
  });

  test("is not ended when the assistant stops speaking, or by a line from a conversation list", () => {
    const speaking = [...conversation, makeMark("speech-started", "assistant", 9), hangs(11)];
    const stopped = [...speaking, makeMark("speech-stopped", "assistant", 12)];
    const lines = [makeSourceLine({ role: "assistant", at: atSecond(13), source: "conversation" })];
    expect(find(makeSpeechFacts(stopped, { lines }), 14)).toMatchObject([
      { openedAt: atSecond(11), outcome: "open" },
    ]);
  });

  test("counts from the answer if there was no speech, and from the warning if someone was speaking", () => {
    expect(find(makeSpeechFacts([hangs(6)]), 7)).toMatchObject([{ since: atSecond(0) }]);
    expect(find(makeSpeechFacts([hangs(6)], { startedAt: null }), 7)).toMatchObject([{ since: atSecond(6) }]);
    const begins = makeSpeechFacts([...conversation, hangs(11), ...speaks("user", 11, 12)]);
    expect(find(begins, 13)).toMatchObject([{ since: atSecond(11) }]);
  });

  test("recovers if the assistant speaks before the call ends, but not through speech stamped after the end", () => {
    const marks = [...conversation, hangs(11)];
    const over = { endedAt: atSecond(20) };
    const answered = makeSpeechFacts([...marks, makeMark("speech-started", "assistant", 13)], over);
    expect(find(answered, 30)).toMatchObject([{ closedAt: atSecond(13), outcome: "recovered" }]);
    const late = makeSpeechFacts([...marks, makeMark("speech-started", "assistant", 25)], over);
    expect(find(late, 30)).toMatchObject([{ closedAt: atSecond(20), outcome: "call-ended" }]);
  });

  test("that lasts until the call ends closes with the outcome call-ended", () => {
    const speech = makeSpeechFacts([...conversation, hangs(11)], { endedAt: atSecond(15) });
    expect(find(speech, 99)).toMatchObject([{ closedAt: atSecond(15), outcome: "call-ended" }]);
  });

  test("stamped after the call's end opens nothing", () => {
    expect(find(makeSpeechFacts([...conversation, hangs(16)], { endedAt: atSecond(15) }), 99)).toEqual([]);
  });
});

describe("episodes: silence", () => {
  test("after the caller's words raises an alert at 10 s, which lasts until the assistant speaks", () => {
    expect(find(makeSpeechFacts(conversation), 17.9)).toEqual([]);
    const waiting = { kind: "no-answer", since: atSecond(8), openedAt: atSecond(18), hangs: 0 };
    expect(find(makeSpeechFacts(conversation), 18)).toMatchObject([{ ...waiting, outcome: "open" }]);
    const again = [...conversation, ...speaks("user", 20, 21)];
    expect(find(makeSpeechFacts(again), 22)).toMatchObject([{ ...waiting, outcome: "open" }]);
    const answered = [...again, makeMark("speech-started", "assistant", 25)];
    expect(find(makeSpeechFacts(answered), 26)).toMatchObject([{ ...waiting, closedAt: atSecond(25) }]);
  });

  test("after the assistant's words raises an alert at 20 s, which lasts until the caller speaks", () => {
    const asked = speaks("assistant", 1, 4);
    expect(find(makeSpeechFacts(asked), 23.9)).toEqual([]);
    expect(find(makeSpeechFacts(asked), 24)).toMatchObject([
      { kind: "silence", since: atSecond(4), outcome: "open" },
    ]);
    expect(find(makeSpeechFacts([...asked, makeMark("speech-started", "user", 30)]), 31)).toMatchObject([
      { kind: "silence", closedAt: atSecond(30), outcome: "recovered" },
    ]);
    // Speech at this very moment ends it too.
    expect(find(makeSpeechFacts([...asked, makeMark("speech-started", "user", 30)]), 30)).toMatchObject([
      { kind: "silence", closedAt: atSecond(30), outcome: "recovered" },
    ]);
  });

  test("at the start of a call counts from when the call was answered", () => {
    expect(find(makeSpeechFacts([]), 20)).toMatchObject([{ kind: "silence", since: atSecond(0) }]);
    expect(find(makeSpeechFacts([], { startedAt: null }), 99)).toEqual([]);
  });

  test("and a hang within it are one alert, with one kind and one start", () => {
    const [hung] = find(makeSpeechFacts([...conversation, hangs(11)]), 12);
    const [both] = find(makeSpeechFacts([...conversation, hangs(11)]), 30);
    expect(both).toEqual(hung);
    const [late] = find(makeSpeechFacts([...conversation, hangs(19)]), 30);
    expect(late).toMatchObject({ kind: "hang", since: hung?.since, openedAt: atSecond(18), hangs: 1 });
  });

  test("is not counted during speech that began less than a minute ago", () => {
    expect(find(makeSpeechFacts([makeMark("speech-started", "user", 1)]), 60)).toEqual([]);
  });

  test("after a lost speech stop is assumed to begin 60 s after the start", () => {
    const marks = [makeMark("speech-started", "assistant", 1)];
    expect(find(makeSpeechFacts(marks), 80.9)).toEqual([]);
    expect(find(makeSpeechFacts(marks), 81)).toMatchObject([{ kind: "silence", since: atSecond(61) }]);
  });

  test("begins when speech stops, even after a long turn", () => {
    expect(find(makeSpeechFacts(speaks("user", 1, 100)), 111)).toMatchObject([
      { kind: "no-answer", since: atSecond(100) },
    ]);
  });

  test("after a lost stop begins 60 s after the last sign of the same speaker, not of another", () => {
    const marks = [makeMark("speech-started", "assistant", 1)];
    const words = (...lines: SourceLine[]) => find(makeSpeechFacts(marks, { lines }), 200);
    expect(words(makeLine("assistant", 40))).toMatchObject([{ since: atSecond(100) }]);
    expect(words(makeLine("user", 40))).toMatchObject([{ since: atSecond(61) }]);
    const inList = makeSourceLine({ role: "assistant", at: atSecond(40), source: "conversation" });
    expect(words(inList)).toMatchObject([{ since: atSecond(61) }]);
    const next = { ...makeMark("speech-started", "assistant", 150), turn: 2 };
    const first = { ...makeMark("speech-started", "assistant", 1), turn: 1 };
    const again = makeSpeechFacts([first, next], { lines: [makeLine("assistant", 155)] });
    expect(find(again, 160)).toMatchObject([{ since: atSecond(61), closedAt: atSecond(150) }]);
  });

  test("counts from a speech stop whose start was lost", () => {
    const lone = makeSpeechFacts([makeMark("speech-stopped", "user", 8)]);
    expect(find(lone, 18)).toMatchObject([{ kind: "no-answer", since: atSecond(8) }]);
    expect(
      find(makeSpeechFacts([makeMark("speech-stopped", "user", 8)], { startedAt: null }), 18),
    ).toMatchObject([{ kind: "no-answer", since: atSecond(8), openedAt: atSecond(18) }]);
  });

  test("counts as no answer if the caller spoke last, even at the moment the assistant stopped", () => {
    const spoken = speaks("assistant", 1, 10);
    const within = makeSpeechFacts([...spoken, ...speaks("user", 3, 4)]);
    expect(find(within, 29.9)).toEqual([]);
    expect(find(within, 30)).toMatchObject([{ kind: "silence", since: atSecond(10) }]);
    const last = makeSpeechFacts(spoken, { lines: [makeLine("user", 10)] });
    expect(find(last, 20)).toMatchObject([{ kind: "no-answer", since: atSecond(10) }]);
  });

  test("does not begin after a line and a transfer at the same moment, in either order", () => {
    const transfer = makeMark("transfer", null, 8);
    const lines = [makeLine("user", 8)];
    for (const marks of [
      [transfer, ...conversation],
      [...conversation, transfer],
    ])
      expect(find(makeSpeechFacts(marks, { lines }), 60)).toEqual([]);
  });

  test("after a transfer raises no alert until someone speaks again", () => {
    const marks = [...conversation, makeMark("transfer", null, 9)];
    expect(find(makeSpeechFacts(marks), 60)).toEqual([]);
    expect(find(makeSpeechFacts([...marks, ...speaks("user", 20, 22)]), 60)).toMatchObject([
      { since: atSecond(22) },
    ]);
  });

  test("raises no alert while its rule is off", () => {
    expect(
      find(makeSpeechFacts(conversation), 99, { ...rules, noAnswerSeconds: null, silenceSeconds: null }),
    ).toEqual([]);
    expect(find(makeSpeechFacts(conversation), 99, { ...rules, noAnswerSeconds: null })).toMatchObject([
      { kind: "silence" },
    ]);
  });
});

const second = fc.integer({ min: 0, max: 1_200 }).map((tenth) => tenth / 10);
/** A repeated start with the same number and no stop in between is no new turn, but still a sign of speech. */
const turn = fc.option(fc.integer({ min: 0, max: 4 }));
const role = fc.constantFrom("user" as const, "assistant" as const);
const anyMark: fc.Arbitrary<Mark> = fc.oneof(
  fc
    .tuple(fc.constantFrom("speech-started" as const, "speech-stopped" as const), role, second, turn)
    .map(([kind, who, at, number]) => ({ ...makeMark(kind, who, at), turn: number })),
  second.map(hangs),
  second.map((at) => makeMark("transfer", null, at)),
);
const anySpeech = fc.record({
  marks: fc.array(anyMark, { maxLength: 40 }),
  lines: fc.array(
    fc.tuple(role, second).map((line) => makeLine(...line)),
    { maxLength: 10 },
  ),
  assistantSpokeAt: fc.option(second.map(atSecond)),
  startedAt: fc.option(second.map(atSecond)),
  endedAt: fc.option(fc.integer({ min: 60, max: 150 }).map(atSecond)),
});

describe("episodes: for any marks and lines", () => {
  test("order and repetition do not change the episodes", () => {
    fc.assert(
      fc.property(anySpeech, fc.infiniteStream(fc.nat()), (speech, dice) => {
        const shuffle = <T>(items: readonly T[]) =>
          [...items, ...items]
            .map((item) => [dice.next().value ?? 0, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const shuffled = { ...speech, marks: shuffle(speech.marks), lines: shuffle(speech.lines) };
        expect(find(shuffled, 130)).toEqual(find(speech, 130));
      }),
    );
  });

  test("episodes do not overlap, each begins no later than it opens, and only the last may be open", () => {
    fc.assert(
      fc.property(anySpeech, (speech) => {
        const episodes = find(speech, 130);
        for (const [index, episode] of episodes.entries()) {
          const next = episodes[index + 1];
          expect(episode.since <= episode.openedAt).toBe(true);
          expect(episode.closedAt === null ? !next : episode.closedAt > episode.openedAt).toBe(true);
          if (next) expect(next.since >= (episode.closedAt ?? "")).toBe(true);
          expect(episode.outcome === "open").toBe(episode.closedAt === null);
        }
      }),
    );
  });

  test("an episode begins no earlier than the previous one ended, even if a speaker starts again without a stop", () => {
    const marks = [
      { ...makeMark("speech-started", "assistant", 0), turn: 2 },
      hangs(0.1),
      { ...makeMark("speech-started", "assistant", 60.1), turn: 2 },
    ];
    const speech = { marks, lines: [], assistantSpokeAt: atSecond(0), startedAt: null, endedAt: null };
    const [first, second] = find(speech, 130);
    expect(first).toMatchObject({ kind: "hang", closedAt: atSecond(60.1) });
    expect(second?.since).toBe(atSecond(60.1));
  });

  test("later marks change no closed episode and open none before it", () => {
    fc.assert(
      fc.property(anySpeech, fc.array(anyMark, { maxLength: 5 }), (speech, more) => {
        const living = { ...speech, endedAt: null, assistantSpokeAt: null };
        const known = [atSecond(0), ...living.marks.map(({ at }) => at)].sort().at(-1) ?? "";
        // A stop refers to speech before it, so it is left out.
        const fresh = more.filter(({ kind }) => kind !== "speech-stopped");
        const later = fresh.map((mark) => ({ ...mark, id: `later ${mark.id}`, at: shift(mark.at, known) }));
        const closed = find(living, 400).filter(({ closedAt }) => closedAt !== null && closedAt <= known);
        const now = find({ ...living, marks: [...living.marks, ...later] }, 400);
        expect(now.slice(0, closed.length)).toEqual(closed);
      }),
    );
  });

  test("an ended call has no open episode", () => {
    fc.assert(
      fc.property(anySpeech, (speech) => {
        const over = { ...speech, endedAt: atSecond(100) };
        expect(find(over, 130).every(({ closedAt }) => closedAt !== null && closedAt <= atSecond(100))).toBe(
          true,
        );
      }),
    );
  });

  test("elapsed time alone may add episodes, but does not move the start or opening of earlier ones", () => {
    fc.assert(
      fc.property(anySpeech, (speech) => {
        const living = { ...speech, endedAt: null };
        const earlier = find(living, 125);
        const later = find(living, 300);
        expect(later.slice(0, earlier.length).map(({ since, openedAt }) => [since, openedAt])).toEqual(
          earlier.map(({ since, openedAt }) => [since, openedAt]),
        );
      }),
    );
  });
});

/** Shifts a time from the call's start to `from`, plus a second. */
function shift(at: string, from: string): string {
  return new Date(Date.parse(at) - Date.parse(atSecond(0)) + Date.parse(from) + 1_000).toISOString();
}
