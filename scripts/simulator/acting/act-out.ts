import { askTools } from "@/scripts/simulator/acting/ask-tools";
import type { Incidents } from "@/scripts/simulator/acting/incidents";
import { speak } from "@/scripts/simulator/acting/speak";
import type { Stage } from "@/scripts/simulator/acting/stage";
import { waitToAnswer } from "@/scripts/simulator/acting/wait-to-answer";
import type { Dialogue, DialogueTurn, ToolTurn } from "@/scripts/simulator/dialogue";
import { uuidV4 } from "@/scripts/simulator/uuid-v4";

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
