import * as z from "zod";
import { BigInteger, parseJson, stringifyJson } from "@/lib/lossless-json";
import {
  findBegun,
  findSensitive,
  placeholders,
  type SensitiveKind,
  sensitiveKinds,
} from "@/lib/rules/sensitive-data";
import { defineSetting } from "@/lib/settings/setting";

/** Kinds of sensitive data to mask before anything is stored; none until an admin selects them. */
export const maskingSchema = z.object({
  kinds: z.array(z.enum(sensitiveKinds)).transform((kinds) => [...new Set(kinds)]),
});

export type Masking = z.infer<typeof maskingSchema>;

export const maskingSetting = defineSetting<Masking>("sensitive-data", maskingSchema, { kinds: [] });

type Kinds = readonly SensitiveKind[];

/** Returns a text with each match replaced by its kind: "[card number]". */
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
 * Masks a JSON value: its texts, its keys, and numbers as long as a card number. A text that is JSON stays valid JSON.
 * A value without sensitive data is returned as is, not copied.
 */
export function maskSensitive(value: unknown, kinds: Kinds): unknown {
  if (typeof value === "string") return maskString(value, kinds);
  if (typeof value === "number") return value >= shortestCard ? maskNumeral(value, kinds) : value;
  if (value instanceof BigInteger) return maskNumeral(value, kinds);
  if (Array.isArray(value)) return maskList(value, kinds);
  return isRecord(value) ? maskSensitiveRecord(value, kinds) : value;
}

/** Like `maskSensitive`, for an object; returns an object. */
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

/** Keeps both of two keys that are equal once masked. */
function toFreeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let count = 2; taken.has(free); count += 1) free = `${key} (${count})`;
  taken.add(free);
  return free;
}

/** Assistant settings, which are large and are not stored. */
const settings = new Set(["assistant", "newAssistant", "squad"]);
/** Objects whose numbers and address identify a party, which calls are matched and searched by. */
const parties = new Set(["customer", "phoneNumber", "destination"]);
const identities = new Set(["id", "number", "twilioPhoneNumber", "sipUri"]);

/** Masks a Vapi message for storage. Numbers and SIP addresses of the parties on the call stay. */
export function maskMessage(message: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  return kinds.length === 0 ? message : maskGrowing(maskParts(message, kinds), kinds);
}

/** The conversation so far, in each of its formats, and the messages whose words are read from it while the call is live. */
const histories = new Set(["messages", "conversation", "messagesOpenAIFormatted"]);
const historyTypes = new Set<unknown>(["conversation-update", "status-update"]);

/** Text that is still being spoken grows from one event to the next, so the value at its end may be incomplete. */
function maskGrowing(message: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  const { type, transcriptType } = message;
  return mapEntries(message, (key, value) => {
    const isSaid =
      (key === "transcript" && transcriptType === "partial") ||
      (key === "text" && type === "assistant.speechStarted");
    if (isSaid) return [key, maskBegun(value, kinds)];
    if (!historyTypes.has(type)) return [key, value];
    return [
      key,
      key === "artifact" && isRecord(value) ? maskHistories(value, kinds) : maskHistory(key, value, kinds),
    ];
  });
}

function maskHistories(artifact: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  return mapEntries(artifact, (key, value) => [key, maskHistory(key, value, kinds)]);
}

function maskHistory(key: string, value: unknown, kinds: Kinds): unknown {
  return histories.has(key) && Array.isArray(value) ? maskLastSaid(value, kinds) : value;
}

const voices = [["user"], ["bot", "assistant"]];

/** Masks the last message of each voice, which may grow with the next update. */
function maskLastSaid(list: unknown[], kinds: Kinds): unknown[] {
  const last = voices.map((roles) =>
    list.findLastIndex((entry) => isRecord(entry) && roles.includes(String(entry.role))),
  );
  const masked = list.map((entry, index) =>
    isRecord(entry) && last.includes(index)
      ? mapEntries(entry, (key, value) => [
          key,
          key === "message" || key === "content" ? maskBegun(value, kinds) : value,
        ])
      : entry,
  );
  return masked.some((entry, index) => entry !== list[index]) ? masked : list;
}

function maskParts(parts: Record<string, unknown>, kinds: Kinds): Record<string, unknown> {
  return mapEntries(parts, (key, value) => {
    if (settings.has(key)) return [key, value];
    if (!isRecord(value)) return [maskSensitiveText(key, kinds), maskSensitive(value, kinds)];
    if (parties.has(key)) return [key, maskParty(value, kinds)];
    // The call snapshot contains the same parts again.
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

/** Leaves out a value that has begun at the end of a text, or of the last part of a content in parts. */
function maskBegun(said: unknown, kinds: Kinds): unknown {
  if (typeof said === "string") {
    const start = findBegun(said, kinds);
    return start < said.length ? `${said.slice(0, start)}…` : said;
  }
  if (!Array.isArray(said)) return said;
  const masked = maskPart(said.at(-1), kinds);
  return masked === said.at(-1) ? said : [...said.slice(0, -1), masked];
}

function maskPart(part: unknown, kinds: Kinds): unknown {
  if (!isRecord(part)) return maskBegun(part, kinds);
  return mapEntries(part, (key, value) => [key, key === "text" ? maskBegun(value, kinds) : value]);
}
