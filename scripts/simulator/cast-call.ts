import type { CallKind } from "@/scripts/simulator/call-kind";
import type { CallOptions } from "@/scripts/simulator/call-options";
import type { Dialogue, DialogueTurn } from "@/scripts/simulator/dialogue";
import { dialogues } from "@/scripts/simulator/dialogues";
import { fillIn, fillInText, type Words } from "@/scripts/simulator/fill-in";
import { people } from "@/scripts/simulator/people";
import type { Random } from "@/scripts/simulator/random";
import { uuidV4 } from "@/scripts/simulator/uuid-v4";
import { uuidV7 } from "@/scripts/simulator/uuid-v7";

/** Who calls whom about what. */
export interface Cast {
  callId: string;
  conversationUuid: string;
  dialogue: Dialogue;
  person: { name: string; number: string };
}

/** Most people call; some are called, some click. */
const kinds: readonly CallKind[] = ["inbound", "inbound", "inbound", "outbound", "web"];

/** Draws a dialogue and a caller, and fills the one in with the other. */
export function castCall(random: Random, options: Pick<CallOptions, "transfers" | "conversationUuid">): Cast {
  const isTransferred = random.chance(options.transfers);
  const kind = isTransferred ? "inbound" : random.pick(kinds);
  const drawn = random.pick(
    dialogues.filter((one) => one.kind === kind && Boolean(one.transferTo) === isTransferred),
  );
  const person = random.pick(people[drawn.assistant.language]);
  const number = `+15550100${String(random.whole(0, 899)).padStart(3, "0")}`;
  const ids = random.fork("ids");
  return {
    callId: uuidV7(ids),
    conversationUuid: options.conversationUuid ?? uuidV4(ids.fork("conversation")),
    dialogue: fillDialogue(drawn, { ...random.pick(drawn.variants), ...person }),
    person: { name: `${person.first} ${person.last}`, number },
  };
}

function fillDialogue(dialogue: Dialogue, words: Words): Dialogue {
  return {
    ...dialogue,
    turns: dialogue.turns.map((turn) => fillTurn(turn, words)),
    summary: fillInText(dialogue.summary, words),
    structuredData: fillRecord(dialogue.structuredData, words),
  };
}

function fillTurn(turn: DialogueTurn, words: Words): DialogueTurn {
  if ("assistant" in turn) return { assistant: fillInText(turn.assistant, words) };
  if ("caller" in turn) return { caller: fillInText(turn.caller, words) };
  return { ...turn, arguments: fillRecord(turn.arguments, words), result: fillIn(turn.result, words) };
}

function fillRecord(record: Dialogue["structuredData"], words: Words): Dialogue["structuredData"] {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, fillIn(value, words)]));
}
