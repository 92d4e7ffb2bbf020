import { describe, expect, test } from "vitest";
import { findSilences, type Stretch } from "@/lib/alerts/silences";
import { atSecond } from "@/tests/support/deliveries/at-second";

const ms = (second: number) => Date.parse(atSecond(second));
const heard = (role: Stretch["role"], from: number, to = from): Stretch => ({
  role,
  from: ms(from),
  to: ms(to),
});
const find = (stretches: Stretch[], startedSecond: number | null, horizonSecond: number) =>
  findSilences(stretches, startedSecond === null ? null : atSecond(startedSecond), ms(horizonSecond)).map(
    ({ since, until, after, isBroken }) => [(since - ms(0)) / 1000, (until - ms(0)) / 1000, after, isBroken],
  );

describe("silences of a call", () => {
  test("are the gaps in speech, with the last speaker and whether speech ended them", () => {
    const talk = [heard("assistant", 1, 4), heard("user", 6, 8)];
    expect(find(talk, 0, 10)).toEqual([
      [0, 1, null, true],
      [4, 6, "assistant", true],
      [8, 10, "user", false],
    ]);
  });

  test("do not occur if one speaker follows another at once or speaks over them", () => {
    const talk = [heard("assistant", 0, 5), heard("user", 3, 4), heard("user", 5, 8), heard("assistant", 7)];
    expect(find(talk, 0, 8)).toEqual([]);
    expect(find(talk, 0, 9)).toEqual([[8, 9, "user", false]]);
  });

  test("are counted only after the first speech if the answer time is unknown", () => {
    expect(find([heard("user", 3, 4)], null, 6)).toEqual([[4, 6, "user", false]]);
    expect(find([], null, 6)).toEqual([]);
    expect(find([], 2, 6)).toEqual([[2, 6, null, false]]);
  });

  test("do not begin after a transfer until someone speaks again", () => {
    const handedOver = [heard("assistant", 1, 4), heard("transfer", 5)];
    expect(find(handedOver, 1, 60)).toEqual([[4, 5, "assistant", true]]);
    expect(find([...handedOver, heard("user", 30, 31)], 1, 60)).toEqual([
      [4, 5, "assistant", true],
      [31, 60, "user", false],
    ]);
  });

  test("do not begin after a transfer during speech", () => {
    expect(find([heard("assistant", 1, 9), heard("transfer", 5)], 1, 60)).toEqual([]);
  });
});
