import type { CallOptions } from "@/scripts/simulator/call-options";
import type { DialogueTurn } from "@/scripts/simulator/dialogue";
import type { Random } from "@/scripts/simulator/random";

/** How Earshot receives tool calls: in today's format, in that of 2024, or not at all because another server has the tools. */
export type ToolWay = "tool-calls" | "function-call" | "elsewhere";

/** The incidents of a call, by turn index; null for those that do not happen. */
export interface Incidents {
  /** The assistant hangs before this turn. */
  hangAt: number | null;
  /** The caller cuts this turn of the assistant short. */
  interruptAt: number | null;
  usesTools: boolean;
  toolWay: ToolWay;
}

/** Draws each incident from its own random source, so that changing one option leaves the rest of the call unchanged. */
export function drawIncidents(
  random: Random,
  turns: readonly DialogueTurn[],
  options: CallOptions,
): Incidents {
  const draw = (name: string, probability: number, choices: readonly number[]) => {
    const source = random.fork(name);
    return source.chance(probability) && choices.length > 0 ? source.pick(choices) : null;
  };
  const indexes = [...turns.keys()].slice(2);
  return {
    hangAt: draw(
      "hang",
      options.hangs,
      indexes.filter((index) => isAnswer(turns, index)),
    ),
    interruptAt: draw(
      "interruption",
      options.interruptions,
      indexes.filter((index) => isInterruptible(turns, index)),
    ),
    usesTools: random.fork("tools").chance(options.tools),
    toolWay: drawToolWay(random.fork("function calls"), options),
  };
}

function drawToolWay(random: Random, { functionCalls, toolServer }: CallOptions): ToolWay {
  if (toolServer) return "elsewhere";
  return random.chance(functionCalls) ? "function-call" : "tool-calls";
}

function isAnswer(turns: readonly DialogueTurn[], index: number): boolean {
  const [before, turn] = [turns[index - 1], turns[index]];
  return Boolean(before && turn && "caller" in before && "assistant" in turn);
}

/** Whether a turn has at least eight words and the caller speaks next. */
function isInterruptible(turns: readonly DialogueTurn[], index: number): boolean {
  const [turn, after] = [turns[index], turns[index + 1]];
  if (!turn || !after || !("assistant" in turn) || !("caller" in after)) return false;
  return turn.assistant.split(" ").length >= 8;
}
