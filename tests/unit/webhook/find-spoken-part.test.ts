import { describe, expect, it } from "vitest";
import { findSpokenPart } from "@/lib/webhook/server/messages";

const text = "Sure. Which of the two would you like, the first or the second?";
const aligned = (...words: string[]) => ({ type: "word-alignment" as const, words });
const progress = (wordsSpoken: number) => ({ type: "word-progress" as const, wordsSpoken });

describe("the spoken part of a turn", () => {
  it("is the whole text without timing, since the text arrives as it is spoken", () => {
    expect(findSpokenPart(text, null)).toBe(text);
  });

  it("ends with the aligned words, including the spaces between them", () => {
    expect(findSpokenPart(text, aligned("Which", " ", "of", " ", "the", " ", "two"))).toBe(
      "Sure. Which of the two",
    );
  });

  it("is unknown if the aligned words appear twice or not at all", () => {
    expect(findSpokenPart(text, aligned(" ", "the"))).toBeNull();
    expect(findSpokenPart(text, aligned("three"))).toBeNull();
    expect(findSpokenPart(text, aligned(" "))).toBeNull();
  });

  it("has as many words as the progress says, and never more than the text", () => {
    expect(findSpokenPart(text, progress(2))).toBe("Sure. Which");
    expect(findSpokenPart(text, progress(0))).toBeNull();
    expect(findSpokenPart(text, progress(99))).toBe(text);
    expect(findSpokenPart(text, progress(-3.5))).toBeNull();
  });
});
