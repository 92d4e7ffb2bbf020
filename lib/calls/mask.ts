import type { Call } from "@/lib/calls/call";
import type { HeardLine, Line, PartialLine } from "@/lib/calls/line";
import type { Mark, MarkKind, ToolCall } from "@/lib/calls/parts";
import { BigInteger } from "@/lib/lossless-json";

/** What stands where somebody may not look. */
export const hidden = "•••";

/** `+15550100103` → `•••03`. */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length > 2 ? `${hidden}${digits.slice(-2)}` : hidden;
}

/** Six digits and more, however they are grouped: shorter ones are times, prices and years. */
const digitRun = /\+?\(?\d(?:[\s().\-–/]*\d){5,}/g;
/** What an e-mail address is made of, as one run: looking for the @ from each letter on would take quadratic time. */
const addressRun = /[\p{L}\p{N}._%+@-]+/gu;
const nameLimits = { longest: 200, most: 12 };

const spokenDigit = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)";
const spokenRun = new RegExp(`\\b${spokenDigit}(?:[\\s,.-]+${spokenDigit}){5,}\\b`, "gi");

/**
 * A text for people who may not see callers' data: numbers keep their last two digits, e-mail addresses and the given
 * names go. Numbers read out in English words go too. What no pattern can know (a street, a name nobody told us) stays:
 * masking is a courtesy to callers, not a substitute for the role.
 * @param names the caller's name, if known; each of its words is hidden
 */
export function maskText(text: string, names: readonly (string | null)[] = []): string {
  const masked = text
    .replace(addressRun, maskAddress)
    .replace(digitRun, maskNumber)
    .replace(spokenRun, hidden);
  const pattern = namesPattern(names);
  return pattern ? masked.replace(pattern, hidden) : masked;
}

function maskAddress(run: string): string {
  const at = run.lastIndexOf("@");
  if (at < 1) return run;
  const address = run.replace(/[.]$/, "");
  const domain = address.slice(at + 1);
  const dot = domain.indexOf(".");
  if (dot < 1 || dot === domain.length - 1) return run;
  return `${hidden}@${hidden}${run.slice(address.length)}`;
}

function namesPattern(callers: readonly (string | null)[]): RegExp | null {
  const words = callers
    .flatMap((name) => name?.slice(0, nameLimits.longest).match(/[\p{L}\p{N}'’-]{2,}/gu) ?? [])
    .slice(0, nameLimits.most);
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

type KnownNames = readonly (string | null)[];

/** Keys under which assistants and their tools keep what is personal; their values go whole. */
const personal = /name|phone|mobile|e-?mail|address|street|birth|dob|ssn|passport|card|iban|account/i;

/**
 * A JSON object for people who may not see callers' data: every text as maskText has it, keys and long numbers too, and all
 * that stands under a personal key hidden whole. The shape stays.
 */
export function maskRecord(record: object, names: KnownNames = []): Record<string, unknown> {
  const taken = new Set<string>();
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      toFreeKey(maskText(key, names), taken),
      personal.test(key) && value !== null ? hidden : maskJson(value, names),
    ]),
  );
}

/** Any JSON value, masked as maskRecord has it. */
export function maskJson(value: unknown, names: KnownNames = []): unknown {
  if (typeof value === "string") return maskAnswer(value, names);
  if (typeof value === "number") return String(value).length > 5 ? maskText(String(value)) : value;
  if (value instanceof BigInteger) return maskText(String(value), names);
  if (Array.isArray(value)) return value.map((item) => maskJson(item, names));
  if (typeof value === "object" && value !== null) return maskRecord(value, names);
  return value;
}

/** A text that may be JSON, as most tools answer: its keys say what is personal. */
export function maskAnswer(text: string, names: KnownNames = []): string {
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

type Names = readonly (string | null)[];

/** A line or partial as viewers see it. */
export function maskLine<T extends Line | HeardLine | PartialLine>(line: T, names: Names): T {
  const filter = "filter" in line ? line.filter : null;
  return {
    ...line,
    text: maskText(line.text, names),
    ...(filter && {
      filter: {
        threats: filter.threats.map((threat) => maskText(threat, names)),
        original: filter.original && maskText(filter.original, names),
      },
    }),
  };
}

/** Marks whose detail is where a call goes. */
const isOfTransfer: ReadonlySet<MarkKind> = new Set(["transfer", "transfer-answered", "forward-asked"]);

/** Where a call is transferred to, as viewers see it: a number however short, an address, or a team's name, which stays. */
export function maskDestination(destination: string, names: Names): string {
  return /^[+\d\s().-]+$|^sips?:|^tel:|@/i.test(destination)
    ? maskNumber(destination)
    : maskText(destination, names);
}

/** A mark as viewers see it. */
export function maskMark(mark: Mark, names: Names): Mark {
  const { kind, detail } = mark;
  return { ...mark, detail: detail && (isOfTransfer.has(kind) ? maskDestination : maskText)(detail, names) };
}

/** A tool call as viewers see it. */
export function maskToolCall(toolCall: ToolCall, names: Names): ToolCall {
  const { name, result, error, warnings } = toolCall;
  return {
    ...toolCall,
    name: maskText(name, names),
    arguments: maskRecord(toolCall.arguments, names),
    result: result && maskAnswer(result, names),
    error: error && maskAnswer(error, names),
    ...(warnings && { warnings: warnings.map((warning) => maskText(warning, names)) }),
  };
}

/** `Jane Doe` → `J••• D•••`. */
export function maskName(name: string): string {
  return name.replace(/(\S)\S*/g, `$1${hidden}`);
}

/** A call as viewers see it: who called is recognisable again, but not known. */
export function maskCall(call: Call): Call {
  const { customerName, customerNumber, phoneNumber, lastLine, lastToolName } = call;
  return {
    ...call,
    customerName: customerName && maskName(customerName),
    customerNumber: customerNumber && maskNumber(customerNumber),
    phoneNumber: phoneNumber && maskNumber(phoneNumber),
    lastLine: lastLine && { ...lastLine, text: maskText(lastLine.text, [customerName]) },
    lastToolName: lastToolName && maskText(lastToolName, [customerName]),
  };
}
