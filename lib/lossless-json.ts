import { parse, stringify } from "lossless-json";

/** Number of BigIntegers written as strings so far; if it rises, `stringifyJson` serializes again. */
let writtenAsText = 0;

/** An integer that a JavaScript number would round, kept as written. Plain JSON.stringify writes it as a string of its digits. */
export class BigInteger {
  constructor(readonly digits: string) {}

  toString(): string {
    return this.digits;
  }

  toJSON(): string {
    writtenAsText += 1;
    return this.digits;
  }
}

/** More digits than any id has; PostgreSQL's `jsonb` rejects numbers beyond its limits. */
const mostDigits = 300;

/** Matches a number of 16 digits or more. A match inside a string is harmless: it only costs the slower parser. */
const longNumber = /[:,[]\s*-?\d{16}/;

/**
 * `JSON.parse` that keeps integers beyond 2^53 exact, as BigInteger. Text without such numbers goes to `JSON.parse`, and so
 * does text nested too deeply for the recursive parser, whose integers are then rounded.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  const isOrdinary = !longNumber.test(text) && !/^\s*-?\d{16}/.test(text);
  if (isOrdinary) return JSON.parse(text);
  try {
    return parse(text, undefined, { parseNumber: readNumber, onDuplicateKey: ({ newValue }) => newValue });
  } catch (cause) {
    if (cause instanceof RangeError) return JSON.parse(text);
    throw cause;
  }
}

function readNumber(text: string): number | BigInteger {
  const value = Number(text);
  const isRounded = /^-?\d+$/.test(text) && !Number.isSafeInteger(value) && text.length <= mostDigits;
  return isRounded && inDigits(value) !== text ? new BigInteger(text) : value;
}

/** Formats a number as JSON would, without an exponent. If the result equals the input, nothing was lost. */
function inDigits(value: number): string {
  const [digits = "", exponent = "0"] = String(value).replace("e+", "e").split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  return `${whole}${fraction.padEnd(Number(exponent), "0")}`;
}

/** `JSON.stringify` that writes each BigInteger as a number. */
export function stringifyJson(value: unknown): string {
  const before = writtenAsText;
  const text = JSON.stringify(value);
  if (writtenAsText === before) return text;
  const isBig = (part: unknown) => part instanceof BigInteger;
  return stringify(value, undefined, undefined, [{ test: isBig, stringify: String }]) ?? text;
}

/** Maps every string and BigInteger of a JSON value, keys included. */
export function mapJson(value: unknown, map: (part: string | BigInteger) => unknown): unknown {
  if (typeof value === "string" || value instanceof BigInteger) return map(value);
  if (Array.isArray(value)) return value.map((entry) => mapJson(entry, map));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [String(map(key)), mapJson(entry, map)]),
  );
}

/** Parses JSON for display: pages cannot handle numbers beyond 2^53, so these become strings of digits. */
export function parseJsonForReading(text: string): unknown {
  const value = parseJson(text);
  return longNumber.test(text) ? mapJson(value, String) : value;
}
