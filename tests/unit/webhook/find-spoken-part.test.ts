import { describe, expect, it } from "vitest";
import { findSpokenPart } from "@/lib/webhook/server/messages";

const text = "Sure. Which of the two would you like, the first or the second?";
const aligned = (...words: string[]) => ({ type: "word-alignment" as const, words });
const progress = (wordsSpoken: number) => ({ type: "word-progress" as const, wordsSpoken });

describe("how much of a turn has been spoken", () => {
  it("is all of it without timing, as the text is sent while it sounds", () => {
    expect(findSpokenPart(text, null)).toBe(text);
  });

  it("ends with the words that are aligned just now, spaces between them included", () => {
    expect(findSpokenPart(text, aligned("Which", " ", "of", " ", "the", " ", "two"))).toBe(
      "Sure. Which of the two",
    );
  });

  it("is not found by words that are in the text twice or not at all", () => {
    expect(findSpokenPart(text, aligned(" ", "the"))).toBeNull();
    expect(findSpokenPart(text, aligned("three"))).toBeNull();
    expect(findSpokenPart(text, aligned(" "))).toBeNull();
  });

  it("is as many words as the cursor says, and never more than there are", () => {
    expect(findSpokenPart(text, progress(2))).toBe("Sure. Which");
    expect(findSpokenPart(text, progress(0))).toBeNull();
    expect(findSpokenPart(text, progress(99))).toBe(text);
    expect(findSpokenPart(text, progress(-3.5))).toBeNull();
  });
});
