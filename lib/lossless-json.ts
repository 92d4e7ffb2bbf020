import { parse, stringify } from "lossless-json";

/** How often one was written as a text: `stringifyJson` writes once more where that happened. */
let writtenAsText = 0;

/** An integer that a JavaScript number would round, as it was written. Where plain JSON is written, a text of its digits. */
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

/** More digits than any id has; PostgreSQL's `jsonb` refuses numbers without end. */
const mostDigits = 300;

/** A value of 16 digits or more. It may stand in a text, which costs a slower reading and nothing else. */
const longNumber = /[:,[]\s*-?\d{16}/;

/**
 * `JSON.parse` that keeps integers beyond 2^53 whole, as BigInteger. Bodies without any take `JSON.parse` itself.
 *
 * @throws SyntaxError when the text is no JSON.
 */
export function parseJson(text: string): unknown {
  const isOrdinary = !longNumber.test(text) && !/^\s*-?\d{16}/.test(text);
  if (isOrdinary) return JSON.parse(text);
  return parse(text, undefined, { parseNumber: readNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function readNumber(text: string): number | BigInteger {
  const value = Number(text);
  const isRounded = /^-?\d+$/.test(text) && !Number.isSafeInteger(value) && text.length <= mostDigits;
  return isRounded && inDigits(value) !== text ? new BigInteger(text) : value;
}

/** A number as JSON writes it, without exponent: one that is written as it came has lost nothing. */
function inDigits(value: number): string {
  const [digits = "", exponent = "0"] = String(value).replace("e+", "e").split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  return `${whole}${fraction.padEnd(Number(exponent), "0")}`;
}

/** `JSON.stringify` that writes each BigInteger as the number it is. */
export function stringifyJson(value: unknown): string {
  const before = writtenAsText;
  const text = JSON.stringify(value);
  if (writtenAsText === before) return text;
  const isBig = (part: unknown) => part instanceof BigInteger;
  return stringify(value, undefined, undefined, [{ test: isBig, stringify: String }]) ?? text;
}

/** A JSON value with its texts and big integers replaced; keys included. */
export function mapJson(value: unknown, map: (part: string | BigInteger) => unknown): unknown {
  if (typeof value === "string" || value instanceof BigInteger) return map(value);
  if (Array.isArray(value)) return value.map((entry) => mapJson(entry, map));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [String(map(key)), mapJson(entry, map)]),
  );
}

/** A value read for people and pages, which know no numbers beyond 2^53: such a number is the text of its digits. */
export function parseJsonForReading(text: string): unknown {
  const value = parseJson(text);
  return longNumber.test(text) ? mapJson(value, String) : value;
}
