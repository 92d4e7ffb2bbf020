import { cleanText } from "@/lib/clean-text";
import { hashToUuid } from "@/lib/secrets";

/**
 * Returns a key for a tool and its arguments in any order. Models repeat tool call ids or send empty ones, so an id
 * identifies a tool call only together with this key.
 */
export function askedKey(name: string, args: Record<string, unknown>): string {
  return hashToUuid(name, JSON.stringify(args, sortKeys));
}

const longestId = 200;

/**
 * Returns a tool call id as it is stored and indexed. Some models put kilobytes into it (Gemini's thought signature,
 * through LiteLLM), more than PostgreSQL accepts in an index: a hash then stands in for the rest. Replies need the original.
 */
export function storedCallId(id: string): string {
  return id.length <= longestId ? id : `${cleanText(id, 20)}… ${hashToUuid(id)}`;
}

function sortKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
