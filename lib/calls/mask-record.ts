import { hidden } from "@/lib/calls/hidden";
import { maskText } from "@/lib/calls/mask-text";
import { BigInteger } from "@/lib/lossless-json";

type Names = readonly (string | null)[];

/** Keys under which assistants and their tools keep what is personal; their values go whole. */
const personal = /name|phone|mobile|e-?mail|address|street|birth|dob|ssn|passport|card|iban|account/i;

/**
 * A JSON object for people who may not see callers' data: every text as maskText has it, long numbers too, and all
 * that stands under a personal key hidden whole. Shape and keys stay.
 */
export function maskRecord(record: object, names: Names = []): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      personal.test(key) && value !== null ? hidden : maskValue(value, names),
    ]),
  );
}

function maskValue(value: unknown, names: Names): unknown {
  if (typeof value === "string") return maskText(value, names);
  if (typeof value === "number") return String(value).length > 5 ? maskText(String(value)) : value;
  if (value instanceof BigInteger) return maskText(String(value), names);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, names));
  if (typeof value === "object" && value !== null) return maskRecord(value, names);
  return value;
}
