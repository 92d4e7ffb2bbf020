import { toWords } from "@/lib/calls/align-words";
import type { Spoken } from "@/lib/webhook/read-spoken";
import { readToolHistory } from "@/lib/webhook/read-tool-calls";

/** What is said is behind the tool calls by less. */
const mostMs = 6_000;
/** Shorter words stand in every sentence. */
const leastLength = 4;
/** One word may be chance. */
const leastShared = 2;

/**
 * Which sentences of a web call were made of a tool's result, though their time is before the tool was asked: when it was.
 * A web call's report sorts what was said by one clock and tools by another, so that its order is no evidence; that a
 * sentence has words of the result which the caller has not said is.
 */
export function findToolAnswers(messages: unknown, spoken: readonly Spoken[]): Map<Spoken, Date> {
  const found = new Map<Spoken, Date>();
  for (const { askedAt, result } of readToolHistory(messages)) {
    if (!askedAt || !result) continue;
    const n = spoken.findLastIndex(({ role, at }) => role === "assistant" && at !== null && at < askedAt);
    const sentence = spoken[n];
    if (!sentence?.at || askedAt.getTime() - sentence.at.getTime() > mostMs) continue;
    const asked = spoken.slice(0, n).findLast(({ role }) => role === "user");
    const known = toKeys(asked?.text ?? "");
    const told = toKeys(result.slice(0, 20_000));
    const shared = [...toKeys(sentence.text)].filter((key) => told.has(key) && !known.has(key));
    if (shared.length >= leastShared) found.set(sentence, askedAt);
  }
  return found;
}

function toKeys(text: string): Set<string> {
  // JSON writes words without spaces between them.
  const words = toWords(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, " "));
  return new Set(words.map(({ key }) => key).filter(({ length }) => length >= leastLength));
}
