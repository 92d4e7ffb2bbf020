import { cleanText } from "@/lib/clean-text";
import { BigInteger, parseJson as parseLossless } from "@/lib/lossless-json";

/** Deeper than anything Vapi sends (about 12), and far below the limits of PostgreSQL (5,000) and the call stack. */
const maxDepth = 100;
/** Per list or object. For comparison: a four-hour call has about 3,000 messages. */
const maxEntries = 10_000;
const maxCuts = 20;

/** Characters that PostgreSQL rejects, as JSON escapes. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
/** If data shadows these two, converting the value to a string or number throws, and so does comparing it. */
const conversions = ["toString", "valueOf"] as const;

/** Lower limits for lists under certain keys. */
type Limits = ReadonlyMap<string, number>;

const noLimits: Limits = new Map();

/** Records what a limit removed from a value. */
export interface Cut {
  kind: "depth" | "entries";
  path: string;
  message: string;
}

export interface ParsedJson {
  value: unknown;
  /** Usually empty; otherwise the first 20. */
  cuts: Cut[];
  /** Whether any text or key was changed so that it can be stored. */
  isCleaned: boolean;
}

/**
 * The only entry point for JSON from outside. Makes every text and key storable (NUL and lone surrogates become U+FFFD)
 * and bounds every list, object and depth before other code sees the value; `cuts` lists what was removed. Integers
 * beyond 2^53 stay exact (lib/lossless-json.ts).
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string, limits: Limits = noLimits): ParsedJson {
  const input = parseLossless(text);
  const mayBeUnstorable = text.includes("\\u") && unstorable.test(text);
  if (!mayBeUnstorable && isBounded(input, 0, maxEntries, limits)) {
    return { value: input, cuts: [], isCleaned: false };
  }
  const work: Work = { limits, path: [], cuts: [], isCleaned: false };
  const value = bound(input, work);
  return { value, cuts: work.cuts, isCleaned: work.isCleaned };
}

function isBounded(value: unknown, depth: number, most: number, limits: Limits): boolean {
  if (typeof value !== "object" || value === null || value instanceof BigInteger) return true;
  if (depth === maxDepth) return false;
  if (Array.isArray(value)) {
    return value.length <= most && value.every((entry) => isBounded(entry, depth + 1, maxEntries, limits));
  }
  let entries = 0;
  for (const key in value) {
    entries += 1;
    if (entries > maxEntries || key === "toString" || key === "valueOf") return false;
    if (!isBounded(Reflect.get(value, key), depth + 1, limits.get(key) ?? maxEntries, limits)) return false;
  }
  return true;
}

interface Work {
  limits: Limits;
  /** Path of the value being processed. */
  path: string[];
  cuts: Cut[];
  isCleaned: boolean;
}

function bound(value: unknown, work: Work): unknown {
  if (typeof value === "string") return clean(value, work);
  if (typeof value !== "object" || value === null || value instanceof BigInteger) return value;
  if (work.path.length === maxDepth) return leaveOut(work);
  if (Array.isArray(value)) {
    const most = work.limits.get(work.path.at(-1) ?? "") ?? maxEntries;
    return within(value, most, work).map((entry, index) => boundAt(String(index), entry, work));
  }
  const entries = within(Object.entries(value), maxEntries, work);
  const kept = Object.fromEntries(
    entries.map(([key, entry]) => [clean(key, work), boundAt(key, entry, work)]),
  );
  return conversions.some((name) => Object.hasOwn(kept, name)) ? makeConvertible(kept) : kept;
}

function boundAt(key: string, value: unknown, work: Work): unknown {
  work.path.push(key);
  const kept = bound(value, work);
  work.path.pop();
  return kept;
}

function clean(text: string, work: Work): string {
  const kept = cleanText(text);
  if (kept !== text) work.isCleaned = true;
  return kept;
}

function leaveOut(work: Work): string {
  addCut(work, "depth", `Deeper than ${maxDepth} levels: the rest was left out.`);
  return "… (too deep, left out)";
}

function within<T>(entries: readonly T[], most: number, work: Work): readonly T[] {
  if (entries.length <= most) return entries;
  addCut(work, "entries", `${entries.length} entries: the first ${most} were read.`);
  return entries.slice(0, most);
}

function addCut({ cuts, path }: Work, kind: Cut["kind"], message: string): void {
  if (cuts.length === maxCuts) return;
  cuts.push({ kind, path: cleanText(path.slice(0, 6).join("."), 200), message });
}

/** `{"length": {"toString": 1}}` must fail validation rather than throw when a schema compares lengths. */
function makeConvertible(value: object): object {
  return Object.defineProperty(value, Symbol.toPrimitive, { value: () => "[object]" });
}
