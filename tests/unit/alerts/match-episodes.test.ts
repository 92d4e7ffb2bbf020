import fc from "fast-check";
import { expect, test } from "vitest";
import { toAlertId } from "@/lib/alerts/alert";
import { findEpisodes, matchEpisodes } from "@/lib/alerts/episodes";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { hangs, makeSpeechFacts, speaks } from "@/tests/support/makers/make-speech-facts";

const ms = (second: number) => Date.parse(atSecond(second));
const idAt = (second: number) => toAlertId("call", atSecond(second));
const find = (...hangSeconds: number[]) => {
  const marks = [...speaks("user", 1, 5), ...speaks("assistant", 8, 10), ...hangSeconds.map(hangs)];
  return findEpisodes(makeSpeechFacts(marks), alertRulesSetting.initial, ms(13));
};
const match = (episodes: ReturnType<typeof find>, noticed: { id: string; sinceMs: number }[]) =>
  matchEpisodes("call", episodes, noticed).map(({ id, episode }) => [id, episode.since]);

test("alerts: an episode without a stored alert gets an ID from when the wait began", () => {
  expect(match(find(6, 12), [])).toEqual([
    [idAt(5), atSecond(5)],
    [idAt(10), atSecond(10)],
  ]);
});

test("alerts: a stored alert stays with its episode when a late event moves the episode's start", () => {
  expect(match(find(6), [{ id: idAt(6), sinceMs: ms(6) }])).toEqual([[idAt(6), atSecond(5)]]);
});

test("alerts: a stored alert goes to the episode with its ID, and the other episode gets its own ID", () => {
  expect(match(find(6, 12), [{ id: idAt(10), sinceMs: ms(5) }])).toEqual([
    [idAt(5), atSecond(5)],
    [idAt(10), atSecond(10)],
  ]);
});

test("alerts: an alert with its episode's ID keeps the episode, even if another alert falls within it", () => {
  const noticed = [
    { id: idAt(6), sinceMs: ms(6) },
    { id: idAt(5), sinceMs: ms(5) },
  ];
  expect(match(find(6), noticed)).toEqual([[idAt(5), atSecond(5)]]);
});

test("alerts: of several alerts within one episode, the earliest keeps it, in any order", () => {
  const noticed = [
    { id: idAt(7), sinceMs: ms(7) },
    { id: idAt(6), sinceMs: ms(6) },
    { id: idAt(4), sinceMs: ms(6) },
  ];
  for (const known of [noticed, noticed.toReversed()])
    expect(match(find(6), known)).toEqual([[idAt(4), atSecond(5)]]);
});

test("alerts: an alert belongs to the episode that contains its start, including that episode's start but not its end", () => {
  const moved = (second: number) => match(find(6), [{ id: "moved", sinceMs: ms(second) }])[0]?.[0];
  expect([4.999, 5, 7.999, 8].map(moved)).toEqual([idAt(5), "moved", "moved", idAt(5)]);
});

test("alerts: an open episode includes an alert that starts after it", () => {
  expect(match(find(12), [{ id: "moved", sinceMs: ms(99) }])).toEqual([["moved", atSecond(10)]]);
});

test("alerts: two episodes never share an alert, regardless of the stored ones", () => {
  const second = fc.integer({ min: 0, max: 13 });
  const noticed = fc.uniqueArray(fc.record({ id: second.map(idAt), sinceMs: second.map(ms) }), {
    selector: ({ id }) => id,
    maxLength: 6,
  });
  fc.assert(
    fc.property(noticed, (known) => {
      const ids = match(find(6, 12), known).map(([id]) => id);
      expect(new Set(ids).size).toBe(2);
    }),
  );
});
