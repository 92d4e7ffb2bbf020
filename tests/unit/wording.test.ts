import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Phrases that were once on a page and read as if translated. What stands there instead says the state, then the next step. */
const retired = [
  "who is being left alone",
  "Nothing said yet",
  "Reorder",
  "as soon as Vapi tells us",
  "beside the board",
  "in order again",
  "A call, a page",
  "Nothing of that name",
  "Theme as the system",
  "Nobody has seen",
  "never seen",
  "ended in it",
  "Tell me of new alerts",
  "With a sound",
  "Try the sound",
  "may be left empty",
  "took the call",
  "Slowest 5 %",
  "with its history",
  "Hearing the end",
  "Writing it down",
  "Starting to speak",
  "Whole answer",
  "what was witnessed",
  "Contact was lost",
  "takes the role",
  "We have not heard of",
  "These days",
  "Any end",
  "Success or not",
  "Not told",
  "No call fits",
  "that fit",
  "Costliest",
  "what is filtered",
  "are kept under it",
  "Show it to everybody",
  '"Contained"',
  "Dead air",
  "Slow reply",
  "(yours)",
  "Other days",
  "what is wrong",
  "Came again",
  "Reads what is kept",
  "First event made it",
  "Paste into the assistant",
  "proves itself",
  "at the moment",
  "sees calls, masked",
  "It works.",
  "was not let in",
  "let in by",
  "What knocked",
  "made here",
  "headers of note",
  "Whom new alerts",
  "Tell after",
  "By the clock of",
  "what has become of",
  "When all of this holds",
  "A sentence, and nobody",
  "show no number",
  "FALLBACK_ASSISTANT_ID, else",
  "May this number be",
  "asked not to be called",
  "Put on the list",
  "has an effect",
  "Changes nothing.",
  "What stands in",
  "are no JSON",
  "Deliveries are let in",
  "kinds of refusal",
  "Work by the clock",
  "What became of",
  "Whoever",
  "takes another role",
  "Forgot the password",
  "sends no mail",
];

const comments = /\/\*[\s\S]*?\*\/|(?<![:\w])\/\/.*$/gm;

it("wording: no phrase that was retired from the interface is back in it", () => {
  const files = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => {
    const text = readFileSync(file, "utf8").replace(comments, "").replace(/\s+/g, " ");
    return retired.filter((phrase) => text.includes(phrase)).map((phrase) => `${file}: ${phrase}`);
  });
  expect(found).toEqual([]);
});
