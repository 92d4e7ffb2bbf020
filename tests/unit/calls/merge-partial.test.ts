import { describe, expect, test } from "vitest";
import type { PartialLine } from "@/lib/calls/line";
import { mergePartial } from "@/lib/calls/parts";
import { atSecond } from "@/tests/support/deliveries/at-second";

const said = (text: string, second = 1, role: PartialLine["role"] = "user"): PartialLine => ({
  role,
  text,
  at: atSecond(second),
});

describe("the newest partials", () => {
  test("each voice keeps its own partial", () => {
    const partials = mergePartial([said("Hello")], said("Good morning", 1, "assistant"));
    expect(partials).toEqual([said("Hello"), said("Good morning", 1, "assistant")]);
  });

  test("a newer partial replaces the older one of the same voice, even if it is shorter", () => {
    const other = said("Good morning", 1, "assistant");
    expect(mergePartial([said("I need a plumber"), other], said("Hi", 2))).toEqual([other, said("Hi", 2)]);
  });

  test("an older partial changes nothing, even if it is longer", () => {
    const partials = [said("Hi", 2)];
    expect(mergePartial(partials, said("I need a plumber", 1))).toBe(partials);
  });

  test("a repeated partial changes nothing", () => {
    const partials = [said("Hi")];
    expect(mergePartial(partials, said("Hi"))).toBe(partials);
  });

  test.each([
    ["the longer words stand", "a plumber", "zip"],
    ["the words later in the alphabet stand", "zip", "zap"],
  ])("between two partials with the same time, %s, regardless of arrival order", (_, kept, lost) => {
    expect(mergePartial([said(kept)], said(lost))).toEqual([said(kept)]);
    expect(mergePartial([said(lost)], said(kept))).toEqual([said(kept)]);
  });
});
