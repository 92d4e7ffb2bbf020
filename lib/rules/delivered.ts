import type { Condition } from "@/lib/rules/condition";
import type { Matcher } from "@/lib/rules/phrases";
import type { SensitiveKind } from "@/lib/rules/sensitive-data";

/** New text of an event with its words, and everything its speaker has said on the call so far, including it. */
export interface NewlySaid {
  role: "user" | "assistant";
  text: string;
  words: ReadonlySet<string>;
  /** Null if this process has not received the whole call. */
  soFar: { words: ReadonlySet<string>; digits: number } | null;
}

/** Facts about an event that need no query. */
export interface Delivered {
  said: readonly NewlySaid[];
  hasTools: boolean;
  hasThreats: boolean;
  isInterruption: boolean;
  /** Someone began or stopped speaking. */
  isSpeech: boolean;
  /** The call has ended, or its report has arrived. */
  isEnd: boolean;
  /** How long the call had been quiet before the event, and how long it had lasted. */
  quietMs: number;
  ageMs: number;
}

export const isBy = ({ speaker }: { speaker: NewlySaid["role"] | "any" }, { role }: NewlySaid) =>
  speaker === "any" || speaker === role;

/** Whether new text may complete a phrase. */
export function mayComplete({ words: wanted }: Matcher, { words, soFar }: NewlySaid): boolean {
  if (wanted === null) return true;
  if (![...wanted.last].some((word) => words.has(word))) return false;
  return soFar === null || [...wanted.all].every((word) => words.has(word) || soFar.words.has(word));
}

/** Each kind has at least this many digits; an e-mail address has an @ instead. */
const fewestDigits: Readonly<Record<SensitiveKind, number>> = { card: 13, iban: 2, ssn: 9, email: Infinity };

/** Whether new text may complete one of these kinds of data. */
export function mayHoldData(kinds: readonly SensitiveKind[], { text, soFar }: NewlySaid): boolean {
  if (text.includes("[") || (kinds.includes("email") && text.includes("@"))) return true;
  const digits = soFar?.digits ?? Number.MAX_SAFE_INTEGER;
  return /\d/.test(text) && kinds.some((kind) => digits >= fewestDigits[kind]);
}

/** Whether an event may end a condition that held. */
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
