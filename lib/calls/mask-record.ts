import { hidden } from "@/lib/calls/hidden";
import { maskText } from "@/lib/calls/mask-text";
import { BigInteger } from "@/lib/lossless-json";

type Names = readonly (string | null)[];

/** Keys under which assistants and their tools keep what is personal; their values go whole. */
const personal = /name|phone|mobile|e-?mail|address|street|birth|dob|ssn|passport|card|iban|account/i;

/**
 * A JSON object for people who may not see callers' data: every text as maskText has it, keys and long numbers too, and all
 * that stands under a personal key hidden whole. The shape stays.
 */
export function maskRecord(record: object, names: Names = []): Record<string, unknown> {
  const taken = new Set<string>();
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      toFreeKey(maskText(key, names), taken),
      personal.test(key) && value !== null ? hidden : maskJson(value, names),
    ]),
  );
}

/** Any JSON value, masked as maskRecord has it. */
export function maskJson(value: unknown, names: Names = []): unknown {
  if (typeof value === "string") return maskAnswer(value, names);
  if (typeof value === "number") return String(value).length > 5 ? maskText(String(value)) : value;
  if (value instanceof BigInteger) return maskText(String(value), names);
  if (Array.isArray(value)) return value.map((item) => maskJson(item, names));
  if (typeof value === "object" && value !== null) return maskRecord(value, names);
  return value;
}

/** A text that may be JSON, as most tools answer: its keys say what is personal. */
export function maskAnswer(text: string, names: Names = []): string {
  const parsed = parseObject(text);
  return parsed ? JSON.stringify(maskJson(parsed, names)) : maskText(text, names);
}

/** Two keys that look the same once masked both stay. */
function toFreeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let count = 2; taken.has(free); count += 1) free = `${key} (${count})`;
  taken.add(free);
  return free;
}

function parseObject(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}
