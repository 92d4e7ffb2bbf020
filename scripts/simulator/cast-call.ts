import type { CallOptions } from "@/scripts/simulator/call-options";
import type { AssistantProfile, CallKind, Dialogue, DialogueTurn, Json } from "@/scripts/simulator/dialogue";
import { dialogues } from "@/scripts/simulator/dialogues";
import { type Random, uuidV4 } from "@/scripts/simulator/random";

export type Words = Readonly<Record<string, string | number>>;

/** Replaces `{word}` in every text of a JSON value. A text that is only `{word}` becomes its value, which may be a number. */
export function fillIn(value: Json, words: Words): Json {
  if (typeof value === "string")
    return /^\{\w+\}$/.test(value) ? look(value.slice(1, -1), words) : fillInText(value, words);
  if (Array.isArray(value)) return value.map((entry) => fillIn(entry, words));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillIn(entry, words)]));
}

/** Like `fillIn`, for one text. */
function fillInText(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (_, word: string) => String(look(word, words)));
}

function look(word: string, words: Words): string | number {
  const value = words[word];
  if (value === undefined) throw new Error(`The dialogue has nothing to fill in for {${word}}.`);
  return value;
}

/** Invented callers, by the language they speak. */
export const people: Record<AssistantProfile["language"], readonly { first: string; last: string }[]> = {
  en: [
    { first: "Maya", last: "Okafor" },
    { first: "Jonas", last: "Lindqvist" },
    { first: "Priya", last: "Raman" },
    { first: "Daniel", last: "Abernathy" },
    { first: "Leila", last: "Haddad" },
    { first: "Tomasz", last: "Wieczorek" },
    { first: "Grace", last: "Kimathi" },
    { first: "Owen", last: "Pritchard" },
    { first: "Hana", last: "Sugimoto" },
    { first: "Marcus", last: "Delacroix" },
    { first: "Ingrid", last: "Solheim" },
    { first: "Caleb", last: "Thornbury" },
    { first: "Noor", last: "Siddiqui" },
    { first: "Beatrix", last: "Vandermeer" },
    { first: "Elijah", last: "Osborne" },
    { first: "Ruth", last: "Mensah" },
    { first: "Samuel", last: "Fairweather" },
    { first: "Yara", last: "Castellan" },
    { first: "Victor", last: "Almgren" },
    { first: "Edith", last: "Quillfeather" },
  ],
  es: [
    { first: "Lucía", last: "Barrientos" },
    { first: "Andrés", last: "Villalobos" },
    { first: "Carmen", last: "Escudero" },
    { first: "Iker", last: "Zubeldia" },
    { first: "Rocío", last: "Almendros" },
    { first: "Mateo", last: "Cienfuegos" },
  ],
  fr: [
    { first: "Camille", last: "Lavigne" },
    { first: "Antoine", last: "Berthelot" },
    { first: "Élodie", last: "Marchand" },
    { first: "Karim", last: "Benslimane" },
    { first: "Solène", last: "Kerguelen" },
    { first: "Hugo", last: "Desrosiers" },
  ],
};

const firstMs = Date.UTC(2026, 0, 1);
const yearMs = 365 * 24 * 3600 * 1000;

/**
 * Returns an id like those Vapi has given to calls since 2025 (UUID v7). Its time is random, not the clock's, so that a
 * seed gives the same id on any day.
 */
function uuidV7(random: Random): string {
  const time = (firstMs + random.whole(0, yearMs)).toString(16).padStart(12, "0");
  const tail = random.pick(["8", "9", "a", "b"]) + random.hex(3);
  return [time.slice(0, 8), time.slice(8), `7${random.hex(3)}`, tail, random.hex(12)].join("-");
}

/** A call's ids, caller and dialogue. */
export interface Cast {
  callId: string;
  conversationUuid: string;
  dialogue: Dialogue;
  person: { name: string; number: string };
}

/** Most calls are inbound, some outbound, some from the web. */
const kinds: readonly CallKind[] = ["inbound", "inbound", "inbound", "outbound", "web"];

/** Draws a dialogue and a caller, and fills the caller's data into the dialogue. */
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
