import { type Line, speakerOf } from "@/scripts/simulator/acting/beat";
import type { Incidents, ToolWay } from "@/scripts/simulator/acting/incidents";
import { speak } from "@/scripts/simulator/acting/speak";
import type { Stage } from "@/scripts/simulator/acting/stage";
import type { AssistantProfile, ToolTurn } from "@/scripts/simulator/dialogue";
import { buildAssistant, buildTool } from "@/scripts/simulator/frame/build-assistant";
import { uuidV4 } from "@/scripts/simulator/random";

interface Asked {
  id: string;
  turn: ToolTurn;
}

/** The assistant requests one or more tools at once, waits for all results and goes on. */
function askTools(stage: Stage, profile: AssistantProfile, turns: readonly ToolTurn[], way: ToolWay): void {
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

/** Posts the same calls three times in one body, as recorded. */
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

/** Posts the format of 2024: one message per call, without its id. */
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
 * The assistant thinks for 0.5 to 2 s, in stages that the report repeats. When it hangs, it takes 7 to 15 s and Vapi
 * sends a hang every 5 s.
 */
function waitToAnswer(stage: Stage, isHanging: boolean): void {
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

/** Delay before a line that needs no thinking. */
const leadMs = 60;

/** A call's script, and the conditions under which it is acted out. */
export interface Scene {
  script: readonly Line[];
  profile: AssistantProfile;
  incidents: Incidents;
  /** The muted sides of the call. */
  muted: ReadonlySet<"assistant" | "customer">;
}

/**
 * Acts out the remaining lines, with the incidents on the way.
 *
 * @returns the end reason of a call that stopped at a muted line, null when the script is finished
 */
export function actOut(stage: Stage, scene: Scene): string | null {
  const { script, muted } = scene;
  let isInterrupted = false;
  for (let at = stage.situation.line; at < script.length; at = stage.situation.line) {
    const line = script[at];
    if (!line) break;
    const speaker = speakerOf(line);
    // While a side is muted, an operator's messages are lost and the dialogue waits.
    if (speaker && muted.has(speaker) && "turn" in line) return leaveAlone(stage, muted);
    const tools = toolsFrom(script, at);
    stage.act(Math.max(1, tools.length), () => {
      if ("say" in line) {
        if (!muted.has("assistant")) speak(stage, "assistant", line.say, stage.nowMs + leadMs);
      } else if ("added" in line) addMessage(stage, line.added);
      else if ("handoff" in line) switchAssistant(stage, line.handoff);
      else if (tools.length > 0) {
        if (scene.incidents.usesTools) askTools(stage, scene.profile, tools, scene.incidents.toolWay);
      } else isInterrupted = speakTurn(stage, line, scene.incidents, isInterrupted);
    });
  }
  return null;
}

type TurnLine = Extract<Line, { turn: unknown }>;

/** @returns whether the next turn interrupts this one */
function speakTurn(
  stage: Stage,
  { turn, index }: TurnLine,
  incidents: Incidents,
  isInterrupted: boolean,
): boolean {
  if ("caller" in turn) {
    const fromMs = isInterrupted ? interrupt(stage) : stage.nowMs + stage.random.between(450, 1_900);
    speak(stage, "user", turn.caller, fromMs);
  } else if ("assistant" in turn) {
    waitToAnswer(stage, index === incidents.hangAt);
    const text = index === incidents.interruptAt ? cutShort(stage, turn.assistant) : turn.assistant;
    speak(stage, "assistant", text, stage.nowMs);
  }
  return index === incidents.interruptAt;
}

/** Adds a message from outside to the conversation. */
function addMessage(stage: Stage, { role, text }: Extract<Line, { added: unknown }>["added"]): void {
  const place = stage.place(stage.nowMs);
  if (role === "system") stage.add({ role, message: text, ...place });
  else
    stage.add({
      role: role === "user" ? "user" : "bot",
      message: text,
      ...place,
      endTime: place.time,
      duration: 0,
    });
  stage.postConversation(stage.nowMs + 30);
}

/** Another assistant takes over the call. Vapi sends its whole configuration. */
function switchAssistant(stage: Stage, profile: AssistantProfile): void {
  const { orgId, server } = stage.frame.assistant;
  const newAssistant = buildAssistant(profile, { orgId, serverUrl: server.url, firstMessage: "" });
  stage.frame = { ...stage.frame, assistant: newAssistant, assistantVersion: profile.version };
  stage.post(stage.nowMs + 60, "assistant.started", { newAssistant });
  stage.nowMs += 60;
}

const fillers = {
  en: { user: "Hello? Are you still there?", assistant: "Are you still there?" },
  es: { user: "¿Hola? ¿Sigue ahí?", assistant: "¿Sigue ahí?" },
  fr: { user: "Allô ? Vous êtes toujours là ?", assistant: "Vous êtes toujours là ?" },
} as const;

/** While one side is muted, the other waits, asks now and then, and finally gives up. Returns the end reason. */
function leaveAlone(stage: Stage, muted: Scene["muted"]): string {
  const waiting = muted.has("assistant") ? "user" : "assistant";
  const isHeard = !muted.has(waiting === "user" ? "customer" : "assistant");
  const { language } = stage.frame.assistant.transcriber;
  for (let times = 0; times < 4; times += 1) {
    const fromMs = stage.nowMs + stage.random.between(13_000, 17_000);
    stage.act(0, () => {
      if (isHeard) speak(stage, waiting, fillers[language][waiting], fromMs);
      else stage.nowMs = fromMs;
    });
  }
  stage.nowMs += stage.random.between(10_000, 13_000);
  return waiting === "user" ? "customer-ended-call" : "silence-timed-out";
}

/** Returns the first half to four fifths of a text. */
function cutShort({ random }: Stage, text: string): string {
  const words = text.split(" ");
  return words.slice(0, Math.ceil(words.length * random.between(0.5, 0.8))).join(" ");
}

/** The caller begins before the assistant's last word ends. Returns when. */
function interrupt(stage: Stage): number {
  const fromMs = stage.nowMs - stage.random.between(200, 450);
  stage.post(fromMs + stage.random.between(120, 300), "user-interrupted", { turnId: uuidV4(stage.random) });
  return fromMs;
}

/** Returns the tools requested together: the one at this line and those directly after it. */
function toolsFrom(script: readonly Line[], from: number): ToolTurn[] {
  const tools: ToolTurn[] = [];
  for (const line of script.slice(from)) {
    if (!("turn" in line && "tool" in line.turn)) break;
    tools.push(line.turn);
  }
  return tools;
}
