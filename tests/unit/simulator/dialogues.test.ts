import { describe, expect, test } from "vitest";
import { fillIn } from "@/scripts/simulator/cast-call";
import type { Dialogue, ToolTurn } from "@/scripts/simulator/dialogue";
import { dialogues } from "@/scripts/simulator/dialogues";

const nameOf = (dialogue: Dialogue) => `${dialogue.assistant.name}: ${dialogue.summary.slice(0, 40)}`;
const toolsOf = (dialogue: Dialogue) => dialogue.turns.filter((turn): turn is ToolTurn => "tool" in turn);

describe("the simulator's dialogues", () => {
  test("number at least 14, of every kind, in three languages, some with a transfer", () => {
    expect(dialogues.length).toBeGreaterThanOrEqual(14);
    expect(new Set(dialogues.map(({ kind }) => kind))).toEqual(new Set(["inbound", "outbound", "web"]));
    expect(new Set(dialogues.map(({ assistant }) => assistant.language))).toEqual(
      new Set(["en", "es", "fr"]),
    );
    expect(dialogues.filter(({ transferTo }) => transferTo).length).toBeGreaterThanOrEqual(2);
  });

  test.each(dialogues.map((dialogue) => [nameOf(dialogue), dialogue] as const))(
    "%s … has 8 to 30 turns, and ends as forwarded only if it has a transfer",
    (_, dialogue) => {
      expect(dialogue.turns.length).toBeGreaterThanOrEqual(8);
      expect(dialogue.turns.length).toBeLessThanOrEqual(30);
      expect(dialogue.endedReason === "assistant-forwarded-call").toBe(Boolean(dialogue.transferTo));
    },
  );

  test.each(dialogues.map((dialogue) => [nameOf(dialogue), dialogue] as const))(
    "%s … calls tools with exactly their parameters",
    (_, dialogue) => {
      for (const turn of toolsOf(dialogue)) {
        const profile = dialogue.assistant.tools.find(({ name }) => name === turn.tool);
        expect(Object.keys(turn.arguments), turn.tool).toEqual(Object.keys(profile?.properties ?? {}));
      }
    },
  );

  test("can be filled in with each of their variants, leaving no placeholder", () => {
    for (const { variants, turns, summary, structuredData } of dialogues) {
      const spoken = JSON.parse(JSON.stringify({ turns, summary, structuredData }));
      for (const variant of variants) {
        const filled = fillIn(spoken, { ...variant, first: "Ada", last: "Byron" });
        expect(JSON.stringify(filled)).not.toMatch(/\{\w+\}/);
      }
    }
  });
});
