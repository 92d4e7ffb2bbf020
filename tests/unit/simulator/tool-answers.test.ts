import { describe, expect, test } from "vitest";
import { generateCall } from "@/scripts/simulator/generate-call";
import { applyToolAnswers, readToolAnswers } from "@/scripts/simulator/place-call";

describe("the response to a tool call", () => {
  test("is read by tool call ID, for results and errors", () => {
    const answer = JSON.stringify({
      results: [
        { toolCallId: "a", result: "Thursday" },
        { toolCallId: "b", error: "No such order." },
      ],
    });
    expect([...readToolAnswers(answer, ["a", "b"])]).toEqual([
      ["a", "Thursday"],
      ["b", "No such order."],
    ]);
  });

  test("in function-call format belongs to the requested call", () => {
    expect([...readToolAnswers('{"result":{"day":"Thursday"}}', ["a"])]).toEqual([
      ["a", '{"day":"Thursday"}'],
    ]);
  });

  test.each([
    "",
    "{}",
    "null",
    "<html>",
    '{"results":[]}',
    '{"results":[{"toolCallId":"stranger","result":"x"}]}',
  ])("without a usable result leaves the script unchanged: %s", (answer) => {
    expect([...readToolAnswers(answer, ["a"])]).toEqual([]);
  });

  test("replaces the scripted result in the report, in all three message lists", () => {
    const { events } = generateCall("answers", { tools: 1, functionCalls: 0, duplicates: 0, disorder: 0 });
    const asks = events.find((event) => event.asks)?.asks ?? [];
    const answers = new Map(asks.map((id) => [id, "what the server said"]));
    const report = events.at(-1)?.message;
    expect(asks.length).toBeGreaterThan(0);
    expect(report && JSON.stringify(report)).not.toContain("what the server said");
    const applied = JSON.stringify(report && applyToolAnswers(report, answers));
    // In `messages`, `artifact.messages` and `artifact.messagesOpenAIFormatted`.
    expect(applied.split("what the server said")).toHaveLength(1 + 3 * asks.length);
  });
});
