import * as z from "zod";
import { BigInteger, parseJson, stringifyJson } from "@/lib/lossless-json";
import { findSensitive, placeholders, type SensitiveKind, sensitiveKinds } from "@/lib/rules/sensitive-data";
import { defineSetting } from "@/lib/settings/setting";

/** Which kinds of sensitive data are masked before anything is stored; none until an admin chooses them. */
export const maskingSchema = z.object({
  kinds: z.array(z.enum(sensitiveKinds)).transform((kinds) => [...new Set(kinds)]),
});

export type Masking = z.infer<typeof maskingSchema>;

export const maskingSetting = defineSetting<Masking>("sensitive-data", maskingSchema, { kinds: [] });

type Kinds = readonly SensitiveKind[];

/** A text with each find replaced by what kind it is of: "[card number]". */
export function maskSensitiveText(text: string, kinds: Kinds): string {
  if (kinds.length === 0 || !/[\d@]/.test(text)) return text;
  let masked = "";
  let done = 0;
  for (const { kind, start, end } of findSensitive(text, kinds)) {
    masked += text.slice(done, start) + placeholders[kind];
    done = end;
  }
  return done === 0 ? text : masked + text.slice(done);
}

/**
 * Any JSON value likewise, with its keys, and numbers as long as a card's. A text that is JSON stays JSON. What holds nothing
 * sensitive is returned as it is, not copied.
 */
export function maskSensitive(value: unknown, kinds: Kinds): unknown {
  if (typeof value === "string") return maskString(value, kinds);
  if (typeof value === "number") return value >= shortestCard ? maskNumeral(value, kinds) : value;
  if (value instanceof BigInteger) return maskNumeral(value, kinds);
  if (Array.isArray(value)) return maskList(value, kinds);
  return isRecord(value) ? maskSensitiveRecord(value, kinds) : value;
}

/** `maskSensitive` for an object, which stays one. */
export function maskSensitiveRecord(record: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  if (kinds.length === 0) return record;
  return mapEntries(record, (key, value) => [maskSensitiveText(key, kinds), maskSensitive(value, kinds)]);
}

const shortestCard = 1e12;

function maskNumeral(value: number | BigInteger, kinds: Kinds): unknown {
  const masked = maskSensitiveText(String(value), kinds);
  return masked === String(value) ? value : masked;
}

function maskString(text: string, kinds: Kinds): string {
  const masked = maskSensitiveText(text, kinds);
  if (masked === text || !/^\s{0,20}[{[]/.test(text)) return masked;
  try {
    return stringifyJson(maskSensitive(parseJson(text), kinds));
  } catch {
    return masked;
  }
}

function maskList(list: unknown[], kinds: Kinds): unknown[] {
  const masked = list.map((item) => maskSensitive(item, kinds));
  return masked.some((item, index) => item !== list[index]) ? masked : list;
}

function mapEntries(
  record: Record<string, unknown>,
  map: (key: string, value: unknown) => [string, unknown],
): Record<string, unknown> {
  let isChanged = false;
  const taken = new Set<string>();
  const mapped = Object.entries(record).map(([key, value]) => {
    const [newKey, newValue] = map(key, value);
    isChanged ||= newKey !== key || newValue !== value;
    return [toFreeKey(newKey, taken), newValue] as const;
  });
  return isChanged ? Object.fromEntries(mapped) : record;
}

/** Two keys that are the same once masked both stay. */
function toFreeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let count = 2; taken.has(free); count += 1) free = `${key} (${count})`;
  taken.add(free);
  return free;
}

/** Settings of assistants, which are large and not kept. */
const settings = new Set(["assistant", "newAssistant", "squad"]);
/** Whose `number` and `sipUri` say who or where somebody is, which calls are joined and found by. */
const parties = new Set(["customer", "phoneNumber", "destination"]);
const identities = new Set(["id", "number", "sipUri"]);

/** A message of Vapi as it is stored. Numbers and SIP addresses of the people and lines on the call stay. */
export function maskMessage(message: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  if (kinds.length === 0) return message;
  const masked = maskParts(message, kinds);
  const { transcript, transcriptType } = masked;
  if (transcriptType !== "partial" || typeof transcript !== "string") return masked;
  return { ...masked, transcript: maskBegun(transcript, kinds) };
}

function maskParts(parts: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  return mapEntries(parts, (key, value) => {
    if (settings.has(key)) return [key, value];
    if (!isRecord(value)) return [maskSensitiveText(key, kinds), maskSensitive(value, kinds)];
    if (parties.has(key)) return [key, maskParty(value, kinds)];
    // The call's snapshot has the same parts once more.
    if (key === "call") return [key, maskParts(value, kinds)];
    return [maskSensitiveText(key, kinds), maskSensitiveRecord(value, kinds)];
  });
}

function maskParty(party: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  return mapEntries(party, (key, value) =>
    identities.has(key) ? [key, value] : [maskSensitiveText(key, kinds), maskSensitive(value, kinds)],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof BigInteger)
  );
}

/** The issuer's digits alone identify no card; with one more digit, a number is being said. */
const mostBegun = 6;

/** A partial grows: the number it ends in may be the first half of a card's or of a Social Security number. */
function maskBegun(text: string, kinds: Kinds): string {
  if (!kinds.includes("card") && !kinds.includes("ssn")) return text;
  let [start, digits] = [text.length, 0];
  // By hand: a pattern at a text's end is looked for from each place on.
  for (let at = text.length - 1; at >= 0 && /[\d -]/.test(text.charAt(at)); at -= 1) {
    if (text.charAt(at) < "0") continue;
    digits += 1;
    start = at;
  }
  return digits > mostBegun ? `${text.slice(0, start)}…` : text;
}
