import type { CallOptions } from "@/scripts/simulator/call-options";
import type { DialogueTurn } from "@/scripts/simulator/dialogue";
import type { Random } from "@/scripts/simulator/random";

/** How Earshot is asked for a tool: as today, as in 2024, or not at all because another server has the tools. */
export type ToolWay = "tool-calls" | "function-call" | "elsewhere";

/** What will go wrong, by the index of the turn; null for what will not. */
export interface Incidents {
  /** Before this turn the assistant hangs. */
  hangAt: number | null;
  /** This turn of the assistant's is cut short by the caller. */
  interruptAt: number | null;
  usesTools: boolean;
  toolWay: ToolWay;
}

/** Each is drawn from a source of its own, so that changing one switch leaves the rest of the call as it was. */
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

/** Eight words at least, and the caller is the next to speak. */
function isInterruptible(turns: readonly DialogueTurn[], index: number): boolean {
  const [turn, after] = [turns[index], turns[index + 1]];
  if (!turn || !after || !("assistant" in turn) || !("caller" in after)) return false;
  return turn.assistant.split(" ").length >= 8;
}
