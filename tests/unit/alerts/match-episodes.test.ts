import fc from "fast-check";
import { expect, test } from "vitest";
import { toAlertId } from "@/lib/alerts/alert";
import { findEpisodes, matchEpisodes } from "@/lib/alerts/episodes";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { hangs, makeHeard, speaks } from "@/tests/support/makers/make-heard";

const ms = (second: number) => Date.parse(atSecond(second));
const idAt = (second: number) => toAlertId("call", atSecond(second));
const find = (...hangSeconds: number[]) => {
  const marks = [...speaks("user", 1, 5), ...speaks("assistant", 8, 10), ...hangSeconds.map(hangs)];
  return findEpisodes(makeHeard(marks), alertRulesSetting.initial, ms(13));
};
const match = (episodes: ReturnType<typeof find>, noticed: { id: string; sinceMs: number }[]) =>
  matchEpisodes("call", episodes, noticed).map(({ id, episode }) => [id, episode.since]);

test("an episode nobody has noticed has its own name, since when the caller was left alone", () => {
  expect(match(find(6, 12), [])).toEqual([
    [idAt(5), atSecond(5)],
    [idAt(10), atSecond(10)],
  ]);
});

test("an alert stays with its episode when what comes late moves where that begins", () => {
  expect(match(find(6), [{ id: idAt(6), sinceMs: ms(6) }])).toEqual([[idAt(6), atSecond(5)]]);
});

test("an alert that was moved goes back to the episode that bears its name, and the other has its own", () => {
  expect(match(find(6, 12), [{ id: idAt(10), sinceMs: ms(5) }])).toEqual([
    [idAt(5), atSecond(5)],
    [idAt(10), atSecond(10)],
  ]);
});

test("no two episodes are one alert, whatever was noticed before", () => {
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
