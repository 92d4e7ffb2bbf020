import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEpisodes } from "@/lib/alerts/episodes";
import type { Mark, Turn } from "@/lib/calls/parts";
import { callHangs, toHangEpisodes, toTurns } from "@/lib/calls/turns";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

const hang = (second: number): Mark => ({
  id: `hang-${second}`,
  kind: "hang",
  role: null,
  turn: null,
  at: atSecond(second),
  detail: null,
});
const spoke = (second: number): Turn => ({
  role: "assistant",
  startedAt: atSecond(second),
  stoppedAt: atSecond(second + 1),
  interrupted: false,
});

describe("the hangs of a call", () => {
  const call = makeCall({ startedAt: atSecond(0), lastSpeechAt: atSecond(4), endedAt: null });
  const began = (...parts: Parameters<typeof callHangs>) =>
    callHangs(...parts).map(({ startedAt }) => startedAt);
  const speech = (kind: "speech-started" | "speech-stopped", second: number): Mark => ({
    ...hang(second),
    id: `${kind}-${second}`,
    kind,
    role: "user",
  });

  test("began with the newest sign of a voice where no speech was marked, else with the call", () => {
    expect(began(call, [hang(8)])).toEqual([atSecond(4)]);
    expect(began({ ...call, lastSpeechAt: null }, [hang(8)])).toEqual([atSecond(0)]);
  });

  test("began when the last voice stopped where speech was marked", () => {
    expect(began(call, [speech("speech-started", 1), speech("speech-stopped", 3), hang(8)])).toEqual([
      atSecond(3),
    ]);
    expect(began(call, [speech("speech-started", 9), hang(8)])).toEqual([atSecond(0)]);
  });

  test("end with it", () => {
    expect(callHangs({ ...call, status: "ended", endedAt: atSecond(20) }, [hang(8)])).toMatchObject([
      { stoppedAt: atSecond(20) },
    ]);
  });
});

describe("hangs as episodes", () => {
  test("warnings until the assistant speaks again are one episode, which begins when the caller began to wait", () => {
    expect(toHangEpisodes([hang(5), hang(8), hang(30)], [spoke(1), spoke(10)], null)).toEqual([
      { id: "hang-5", startedAt: atSecond(2), warnedAt: atSecond(5), stoppedAt: atSecond(10), warnings: 2 },
      { id: "hang-30", startedAt: atSecond(11), warnedAt: atSecond(30), stoppedAt: null, warnings: 1 },
    ]);
  });

  test("a hang begins and ends where its alert does", () => {
    const speech = (
      role: "user" | "assistant",
      kind: "speech-started" | "speech-stopped",
      second: number,
    ): Mark => ({
      id: `${kind}-${role}-${second}`,
      kind,
      role,
      turn: null,
      at: atSecond(second),
      detail: null,
    });
    const marks = [
      speech("assistant", "speech-started", 1),
      speech("assistant", "speech-stopped", 3),
      speech("user", "speech-started", 4),
      speech("user", "speech-stopped", 6),
      hang(9),
      hang(12),
      speech("assistant", "speech-started", 15),
      speech("assistant", "speech-stopped", 17),
    ];
    const heard = { marks, lines: [], assistantSpokeAt: null, startedAt: atSecond(0), endedAt: atSecond(30) };
    const rules = { waitingSeconds: 5, longSeconds: 10, noAnswerSeconds: null, silenceSeconds: null };
    const [alert] = findEpisodes(heard, rules, Date.parse(atSecond(30)));
    const [hung] = toHangEpisodes(marks, toTurns(marks, atSecond(30)), atSecond(30), atSecond(0));
    expect(hung).toMatchObject({ startedAt: atSecond(6), warnedAt: atSecond(9), stoppedAt: atSecond(15) });
    expect(alert).toMatchObject({
      since: hung?.startedAt,
      openedAt: hung?.warnedAt,
      closedAt: hung?.stoppedAt,
    });
  });

  test("a warning that comes when the call is over is no hang", () => {
    expect(toHangEpisodes([hang(20), hang(25)], [], atSecond(20))).toEqual([]);
  });

  test("a hang nobody recovered from ends with the call", () => {
    expect(toHangEpisodes([hang(5)], [], atSecond(20))[0]?.stoppedAt).toBe(atSecond(20));
  });

  test("the caller speaking does not end it", () => {
    expect(toHangEpisodes([hang(5)], [{ ...spoke(7), role: "user" }], null)[0]?.stoppedAt).toBeNull();
  });

  test("a warning at the moment the assistant speaks again begins a new episode", () => {
    const episodes = toHangEpisodes([hang(5), hang(10)], [spoke(7), spoke(10)], null);
    expect(episodes.map(({ id, stoppedAt, warnings }) => [id, stoppedAt, warnings])).toEqual([
      ["hang-5", atSecond(7), 1],
      ["hang-10", null, 1],
    ]);
    const atStop = toHangEpisodes([hang(5), hang(7)], [spoke(7)], null);
    expect(atStop.map(({ warnings }) => warnings)).toEqual([1, 1]);
  });

  test("warnings of one moment are told apart by their ids, and the first gives the episode its id", () => {
    const twin = { ...hang(5), id: "hang-4" };
    for (const marks of [
      [hang(5), twin],
      [twin, hang(5)],
    ]) {
      expect(toHangEpisodes(marks, [], null)).toMatchObject([{ id: "hang-4", warnings: 2 }]);
    }
  });

  test("nothing but warnings makes an episode", () => {
    expect(toHangEpisodes([{ ...hang(5), kind: "interrupted" }], [], null)).toEqual([]);
  });

  test.each([
    ["the warning, where nothing is known before it", [], null, 9],
    ["the call's start, where nobody has spoken yet", [], 2, 2],
    ["the warning, where the start is later", [], 10, 9],
    ["the call's start at the very warning", [], 9, 9],
    ["the end of the newest speech", [spoke(1), spoke(4)], 0, 5],
    ["the warning, while somebody speaks", [{ ...spoke(4), stoppedAt: null }], 0, 9],
    ["the warning, where speech ends only later", [{ ...spoke(4), stoppedAt: atSecond(12) }], 0, 9],
    ["the warning, where speech begins with it", [spoke(9)], 0, 9],
    ["what was before the warning, and not speech after it", [spoke(1), spoke(11)], 0, 2],
  ] as const)("the caller has waited since %s", (_, turns, answered, since) => {
    const answeredAt = answered === null ? null : atSecond(answered);
    expect(toHangEpisodes([hang(9)], turns, null, answeredAt)[0]?.startedAt).toBe(atSecond(since));
  });

  test("order and repetition of marks do not matter, and no warning is lost", () => {
    const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(seconds, seconds, (hangs, turns) => {
        const marks = hangs.map(hang);
        const spoken = turns.toSorted((a, b) => a - b).map(spoke);
        const episodes = toHangEpisodes(marks, spoken, null);
        expect(toHangEpisodes([...marks.toReversed(), ...marks], spoken, null)).toEqual(episodes);
        expect(episodes.reduce((sum, { warnings }) => sum + warnings, 0)).toBe(hangs.length);
      }),
    );
  });
});
