import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEpisodes } from "@/lib/alerts/episodes";
import type { Mark, Turn } from "@/lib/calls/parts";
import { toHangEpisodes, toTurns } from "@/lib/calls/turns";
import { atSecond } from "@/tests/support/at-second";

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

  test("a hang nobody recovered from ends with the call", () => {
    expect(toHangEpisodes([hang(5)], [], atSecond(20))[0]?.stoppedAt).toBe(atSecond(20));
  });

  test("the caller speaking does not end it", () => {
    expect(toHangEpisodes([hang(5)], [{ ...spoke(7), role: "user" }], null)[0]?.stoppedAt).toBeNull();
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
