import { expect, it } from "vitest";
import { chooseEndpointing, readLastSaid, readSpoken } from "@/lib/webhook/server/messages";

it.each([
  ["a finished sentence", "I'd like to move my appointment.", 0.4],
  ["a question", "Are you open on Saturday?", 0.4],
  ["words without an end", "Thursday afternoon", 0.9],
  ["nothing", "  ", 0.9],
  ["a number being read out", "It's five five five, zero one", 1.6],
  ["digits", "+1 555 010", 1.6],
  ["a sentence that hangs in the air", "I'd like to come on Thursday and", 2.2],
  ["a filler", "My name is, um...", 2.2],
  ["another language", "Ich möchte einen Termin und", 2.2],
])("endpointing: the wait depends on the caller's words: %s", (_, said, seconds) => {
  expect(chooseEndpointing(said)).toBe(seconds);
});

it("endpointing: the caller's last turn is read, with its lines joined, from either message format", () => {
  const messages = [
    { role: "user", message: "Hello" },
    { role: "bot", message: "Hi" },
    { role: "user", message: "It is about" },
    { role: "user", message: "my invoice." },
  ];
  expect(readLastSaid({ messages })).toBe("It is about my invoice.");
  const messagesOpenAIFormatted = [
    { role: "user", content: "One" },
    { role: "assistant", content: "Two" },
  ];
  expect(readLastSaid({ messages: [], messagesOpenAIFormatted })).toBe("One");
  const inParts = [
    {
      role: "user",
      content: [
        { type: "text", text: "My number" },
        { type: "text", text: "is" },
      ],
    },
  ];
  expect(readLastSaid({ messagesOpenAIFormatted: inParts })).toBe("My number is");
  expect(readLastSaid({ messages: [null, 7, {}] })).toBe("");
});

it("messages: of ten thousand with one time, each gets its own", () => {
  const messages = Array.from({ length: 10_000 }, (_, n) => ({
    role: "user",
    message: `${n}`,
    time: 1_768_467_601_000,
  }));
  const times = readSpoken(messages).map(({ at }) => at?.getTime());
  expect(new Set(times).size).toBe(10_000);
  expect(times.at(-1)).toBe(1_768_467_601_000 + 9_999);
});
