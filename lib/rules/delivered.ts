import type { Condition } from "@/lib/rules/condition";
import type { Matcher } from "@/lib/rules/phrases";
import type { SensitiveKind } from "@/lib/rules/sensitive-data";

/** What an event says was said, its words, and what its speaker has said on the call so far, this included. */
export interface NewlySaid {
  role: "user" | "assistant";
  text: string;
  words: ReadonlySet<string>;
  /** Null where this process has not heard the whole call. */
  soFar: { words: ReadonlySet<string>; digits: number } | null;
}

/** What can be known of an event without asking the database. */
export interface Delivered {
  said: readonly NewlySaid[];
  hasTools: boolean;
  hasThreats: boolean;
  isInterruption: boolean;
  /** Somebody began or stopped to speak. */
  isSpeech: boolean;
  /** The call is over, or its report has come. */
  isEnd: boolean;
  /** How long it had been quiet when it came, and since the call began. */
  quietMs: number;
  ageMs: number;
}

export const isBy = ({ speaker }: { speaker: NewlySaid["role"] | "any" }, { role }: NewlySaid) =>
  speaker === "any" || speaker === role;

/** Whether what was just said may complete a phrase. */
export function mayComplete({ words: wanted }: Matcher, { words, soFar }: NewlySaid): boolean {
  if (wanted === null) return true;
  if (![...wanted.last].some((word) => words.has(word))) return false;
  return soFar === null || [...wanted.all].every((word) => words.has(word) || soFar.words.has(word));
}

/** Each has at least so many digits, or stands in the text as it is. */
const fewestDigits: Readonly<Record<SensitiveKind, number>> = { card: 13, iban: 2, ssn: 9, email: Infinity };

/** Whether what was just said may complete one of these kinds of data. */
export function mayHoldData(kinds: readonly SensitiveKind[], { text, soFar }: NewlySaid): boolean {
  if (text.includes("[") || (kinds.includes("email") && text.includes("@"))) return true;
  const digits = soFar?.digits ?? Number.MAX_SAFE_INTEGER;
  return /\d/.test(text) && kinds.some((kind) => digits >= fewestDigits[kind]);
}

/** Whether an event may end what has held. */
export function mayEnd(condition: Condition, { hasTools, isSpeech, isEnd }: Delivered): boolean {
  switch (condition.kind) {
    case "phrase":
    case "sensitive-data":
    case "interruptions":
    case "length":
    case "threat":
      return false;
    case "cost":
    case "end-reason":
      return isEnd;
    case "tool-failing":
      return hasTools || isEnd;
    case "response-time":
      return isSpeech || isEnd;
    default:
      return true;
  }
}
