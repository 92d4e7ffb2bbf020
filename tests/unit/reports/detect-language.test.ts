import { expect, it } from "vitest";
import { detectLanguage } from "@/lib/reports/document";
import { dialogues } from "@/scripts/simulator/dialogues";

const names = { en: "english", es: "spanish", fr: "french" };

it.each(dialogues.map((dialogue) => [dialogue.summary.slice(0, 50), dialogue] as const))(
  "language: the language of a dialogue is detected: %s",
  (_, dialogue) => {
    const said = dialogue.turns.map((turn) =>
      "caller" in turn ? turn.caller : "assistant" in turn ? turn.assistant : "",
    );
    expect(detectLanguage(said.join("\n"))).toBe(names[dialogue.assistant.language]);
  },
);

it.each([
  ["Guten Tag, ich möchte bitte einen Termin für morgen, und zwar mit Frau Weber.", "german"],
  ["Dzień dobry, chciałbym umówić wizytę na jutro.", "simple"],
  ["5550100", "simple"],
  ["", "simple"],
])("language: %s is detected as %s", (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});
