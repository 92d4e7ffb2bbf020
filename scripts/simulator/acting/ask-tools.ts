import type { ToolWay } from "@/scripts/simulator/acting/incidents";
import type { Stage } from "@/scripts/simulator/acting/stage";
import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import type { ToolTurn } from "@/scripts/simulator/dialogue";
import { buildTool } from "@/scripts/simulator/frame/build-tool";

interface Asked {
  id: string;
  turn: ToolTurn;
}

/** The assistant asks for one or more tools at once, waits for all of them and goes on. */
export function askTools(
  stage: Stage,
  profile: AssistantProfile,
  turns: readonly ToolTurn[],
  way: ToolWay,
): void {
  const { random } = stage;
  const asked = turns.map((turn) => ({ id: `call_${random.hex(24)}`, turn }));
  const askedMs = stage.nowMs + random.between(600, 1_100);
  stage.add({
    toolCalls: asked.map(toArtifactCall),
    role: "tool_calls",
    message: "",
    ...stage.place(askedMs),
  });
  if (way === "function-call") for (const one of asked) postFunctionCall(stage, one, askedMs);
  if (way === "tool-calls") postToolCalls(stage, profile, asked, askedMs);
  const answeredMs = askedMs + random.between(400, 2_400);
  stage.add(...asked.map((one) => toResult(stage, one, answeredMs)));
  stage.postConversation(answeredMs);
  stage.nowMs = answeredMs;
}

/** The same calls three times in one body, as recorded. */
function postToolCalls(stage: Stage, profile: AssistantProfile, asked: readonly Asked[], atMs: number): void {
  const calls = asked.map(({ id, turn }) => ({
    id,
    type: "function",
    function: { name: turn.tool, arguments: turn.arguments },
  }));
  const toolWithToolCallList = calls.flatMap((toolCall) => {
    const tool = profile.tools.find(({ name }) => name === toolCall.function.name);
    return tool ? [{ ...buildTool(tool, stage.frame.assistant.server.url), toolCall }] : [];
  });
  const ids = asked.map(({ id }) => id);
  stage.post(atMs, "tool-calls", { toolCalls: calls, toolCallList: calls, toolWithToolCallList }, ids);
}

/** The way of 2024: one message for each call, without its id. */
function postFunctionCall(stage: Stage, { id, turn }: Asked, atMs: number): void {
  stage.post(atMs, "function-call", { functionCall: { name: turn.tool, parameters: turn.arguments } }, [id]);
}

function toArtifactCall({ id, turn }: Asked) {
  return {
    id,
    type: "function" as const,
    function: { name: turn.tool, arguments: JSON.stringify(turn.arguments) },
  };
}

function toResult(stage: Stage, { id, turn }: Asked, atMs: number) {
  const result = typeof turn.result === "string" ? turn.result : JSON.stringify(turn.result);
  return { role: "tool_call_result" as const, ...stage.place(atMs), name: turn.tool, result, toolCallId: id };
}
