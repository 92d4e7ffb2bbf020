import type { Incidents, ToolWay } from "@/scripts/simulator/acting/incidents";
import { speak } from "@/scripts/simulator/acting/speak";
import type { Stage } from "@/scripts/simulator/acting/stage";
import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import type { Dialogue, DialogueTurn, ToolTurn } from "@/scripts/simulator/dialogue";
import { buildTool } from "@/scripts/simulator/frame/build-tool";
import { uuidV4 } from "@/scripts/simulator/random";

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

/** Vapi reports a hang when the assistant has said nothing for about this long. */
const hangMs = 5_000;

/**
 * The assistant thinks: half a second to two, by stages that the report repeats. Hanging, it takes 7 to 15 s and Vapi
 * says so every five.
 */
export function waitToAnswer(stage: Stage, isHanging: boolean): void {
  const { random } = stage;
  const endpointingLatency = random.whole(100, 420);
  const transcriberLatency = random.whole(0, 200);
  const modelLatency = random.whole(220, 700) + (isHanging ? random.whole(6_500, 14_000) : 0);
  const voiceLatency = random.whole(270, 480);
  const turnLatency =
    endpointingLatency + transcriberLatency + modelLatency + voiceLatency + random.whole(10, 60);
  stage.turnLatencies.push({
    modelLatency,
    voiceLatency,
    transcriberLatency,
    endpointingLatency,
    turnLatency,
  });
  for (let atMs = hangMs + random.between(50, 450); atMs < turnLatency - 300; atMs += hangMs) {
    stage.post(stage.nowMs + atMs, "hang", {});
  }
  stage.nowMs += turnLatency;
}

/** Says every turn of the dialogue, with what goes wrong on the way. */
export function actOut(stage: Stage, dialogue: Dialogue, incidents: Incidents): void {
  const spoken = { assistant: 0, user: 0 };
  let isInterrupted = false;
  for (const [index, turn] of dialogue.turns.entries()) {
    if ("caller" in turn) {
      const fromMs = isInterrupted ? interrupt(stage) : stage.nowMs + stage.random.between(450, 1_900);
      speak(stage, "user", spoken.user++, turn.caller, fromMs);
    } else if ("assistant" in turn) {
      waitToAnswer(stage, index === incidents.hangAt);
      const text = index === incidents.interruptAt ? cutShort(stage, turn.assistant) : turn.assistant;
      speak(stage, "assistant", spoken.assistant++, text, stage.nowMs);
    } else if (incidents.usesTools && !isTool(dialogue.turns[index - 1])) {
      askTools(stage, dialogue.assistant, toolsFrom(dialogue.turns, index), incidents.toolWay);
    }
    isInterrupted = index === incidents.interruptAt;
  }
}

/** Half to four fifths of what was to be said. */
function cutShort({ random }: Stage, text: string): string {
  const words = text.split(" ");
  return words.slice(0, Math.ceil(words.length * random.between(0.5, 0.8))).join(" ");
}

/** The caller begins while the assistant's last word still sounds. */
function interrupt(stage: Stage): number {
  const fromMs = stage.nowMs - stage.random.between(200, 450);
  stage.post(fromMs + stage.random.between(120, 300), "user-interrupted", { turnId: uuidV4(stage.random) });
  return fromMs;
}

function isTool(turn: DialogueTurn | undefined): turn is ToolTurn {
  return turn !== undefined && "tool" in turn;
}

/** This tool and the ones right after it. */
function toolsFrom(turns: readonly DialogueTurn[], index: number): ToolTurn[] {
  const rest = turns.slice(index);
  const end = rest.findIndex((turn) => !isTool(turn));
  return rest.slice(0, end === -1 ? undefined : end).filter(isTool);
}
