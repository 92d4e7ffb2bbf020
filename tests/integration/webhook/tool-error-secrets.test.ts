import { expect, it } from "vitest";
import { toolCalls } from "@/lib/webhook/events/tool-calls";

it("tool-calls: a secret is redacted in a tool's error as well as in its result", () => {
  const at = new Date("2026-11-27T10:00:00Z");
  const read = toolCalls.read({
    toolCallList: ["call_1", "call_2"].map((id) => ({ id, name: "lookup", arguments: {} })),
  });
  if ("issues" in read) throw new Error("the message was not read");
  const said = "refused: Bearer leak-token-123";
  const results = [
    { toolCallId: "call_1", result: said },
    { toolCallId: "call_2", error: said },
  ];
  const { toolCalls: facts = [] } = read.event.project({ at, answeredAt: at, key: "" }, { results });
  const redacted = expect.stringMatching(/^refused: .*\[redacted\]$/);
  expect(facts.map(({ result, error }) => ({ result, error }))).toEqual([
    { result: redacted, error: null },
    { result: null, error: redacted },
  ]);
});
