import { describe, expect, it } from "vitest";
import { findUnsaid } from "@/lib/calls/transcript";

describe("the part of a caption missing from the lines", () => {
  it.each([
    [
      "shows only what no line has said yet",
      "Hello. I'm calling about final expense in",
      "I'm calling about final expense in insurance, which can",
      "insurance, which can",
    ],
    ["is not there when the lines have said all of it", "One moment, please.", "one moment please", null],
    [
      "stands as it is when it begins anew",
      "How can I help you?",
      "Let me check that.",
      "Let me check that.",
    ],
    [
      "stands as it is when it says again how the line began",
      "I need a plumber today",
      "I need a plumber",
      "I need a plumber",
    ],
    ["ends with its last word", "I need a plumber", "I need a plumber today \n", "today"],
    ["keeps short words that may be said twice", "Yes. Yes, sure", "Yes, sure I can", "Yes, sure I can"],
    ["stands as it is when nothing was said before", "", "Let me check", "Let me check"],
  ])("%s", (_, said, caption, unsaid) => {
    expect(findUnsaid(said, caption)).toBe(unsaid);
  });
});
