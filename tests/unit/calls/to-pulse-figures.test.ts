import { expect, it } from "vitest";
import { toPulseFigures } from "@/components/board/to-pulse-figures";

const none = { calls: 0, hangRate: null, medianReplyMs: null };

it("board figures: the last hour is shown with its trend against the hour before", () => {
  const hour = { calls: 200, hangRate: 0.018, medianReplyMs: 1_120 };
  const before = { calls: 180, hangRate: 0.012, medianReplyMs: 1_400 };
  expect(toPulseFigures({ hour, before })).toMatchObject([
    { label: "Hang rate (1 h)", value: "1.8 %", trend: "up" },
    { label: "Median response (1 h)", value: "1.1 s", trend: "down" },
  ]);
});

it("board figures: no trend is shown if the displayed value is unchanged or the hour before has no calls", () => {
  const hour = { calls: 10, hangRate: 0, medianReplyMs: 1_110 };
  expect(
    toPulseFigures({ hour, before: { ...hour, medianReplyMs: 1_090 } }).map(({ trend }) => trend),
  ).toEqual([null, null]);
  expect(toPulseFigures({ hour, before: none }).map(({ trend }) => trend)).toEqual([null, null]);
});

it("board figures: hours without calls show dashes instead of zeros", () => {
  expect(toPulseFigures({ hour: none, before: none }).map(({ value }) => value)).toEqual(["–", "–"]);
});
