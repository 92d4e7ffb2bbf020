import diff from "microdiff";
import { cleanText } from "@/lib/clean-text";
import { contextLimits } from "@/lib/conversations/conversation";

/** Where a text stops being JSON, and why. */
export interface JsonFault {
  /** Both from 1, as editors count. */
  line: number;
  column: number;
  why: string;
}

const blank = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them in a text.
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const bareWord = /[\p{L}\p{N}_$.+-]+/uy;

/**
 * The first mistake in a text that is meant to be JSON; null when there is none. Browsers say it each in their own words,
 * most without the place; and a key that stands twice, of which JSON.parse silently drops one, none of them says at all.
 */
export function findJsonFault(source: string): JsonFault | null {
  const fault = new Reader(source).read();
  if (!fault) return null;
  const before = source.slice(0, fault.at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, why: fault.why };
}

/** Far more than a context may have: a stack of brackets must not take the page down. */
const deepest = 100;

type Fault = { at: number; why: string } | null;

class Reader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Fault {
    return this.#value() ?? (this.#next() === "" ? null : this.#fault("Nothing may follow the value."));
  }

  #value(): Fault {
    const next = this.#next();
    if (next === "") return this.#fault("A value is missing.");
    if (next === "{") {
      const keys = new Set<string>();
      return this.#list("}", () => this.#entry(keys));
    }
    if (next === "[") return this.#list("]", () => this.#value());
    if (next === '"') return this.#take(text) === null ? this.#badText() : null;
    if (this.#take(word) !== null) return this.#endOfWord();
    return this.#fault(next === "'" ? "Texts stand in double quotes." : `${this.#nameNext()} is no value.`);
  }

  /** A number or word that goes on is another one: `01`, `trueish`. */
  #endOfWord(): Fault {
    const at = this.#at;
    return this.#take(bareWord) === null ? null : { at, why: "The value should end here." };
  }

  #entry(keys: Set<string>): Fault {
    if (this.#next() !== '"')
      return this.#fault(`A key in double quotes is expected, not ${this.#nameNext()}.`);
    const at = this.#at;
    const key = this.#take(text);
    if (key === null) return this.#badText();
    if (keys.has(key)) return { at, why: `The key ${key} stands here a second time.` };
    keys.add(key);
    if (this.#next() !== ":") return this.#fault(`A colon is expected after ${key}.`);
    this.#at += 1;
    return this.#value();
  }

  #list(end: string, part: () => Fault): Fault {
    if (this.#depth === deepest) return this.#fault(`Deeper than ${deepest} levels.`);
    this.#at += 1;
    this.#depth += 1;
    if (this.#next() !== end) {
      for (;;) {
        const fault = part();
        if (fault) return fault;
        if (this.#next() === end) break;
        if (this.#next() !== ",")
          return this.#fault(`A comma or ${end} is expected, not ${this.#nameNext()}.`);
        this.#at += 1;
        if (this.#next() === end) return this.#fault("After a comma another one is expected.");
      }
    }
    this.#at += 1;
    this.#depth -= 1;
    return null;
  }

  #badText(): Fault {
    const rest = this.#source.slice(this.#at + 1);
    const end = /^(?:[^"\\\n]|\\.)*/.exec(rest)?.[0].length ?? 0;
    const isOpen = rest[end] !== '"';
    return this.#fault(
      isOpen
        ? "This text has no closing quotes on its line."
        : "This text holds a character that must be escaped.",
    );
  }

  #next(): string {
    this.#take(blank);
    return this.#source[this.#at] ?? "";
  }

  #nameNext(): string {
    bareWord.lastIndex = this.#at;
    const word = bareWord.exec(this.#source)?.[0] ?? this.#next();
    return word === "" ? "the end" : cleanText(word, 20);
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (!found) return null;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #fault(why: string): Fault {
    return { at: this.#at, why };
  }
}

/** One place in which two contexts differ. */
export type Change =
  | { type: "CREATE"; path: (string | number)[]; value: unknown }
  | { type: "REMOVE"; path: (string | number)[]; oldValue: unknown }
  | { type: "CHANGE"; path: (string | number)[]; value: unknown; oldValue: unknown };

/** Every place in which two contexts differ, by where it is. */
export function listChanges(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return diff(before, after, { cyclesFix: false });
}

type Context = Record<string, unknown>;

export interface Joined {
  context: Context;
  /** Where both have changed the same place, each in their own way: ours stands in the context. */
  clashes: string[];
}

/**
 * Two people's changes of one context as one: what only one of them touched is theirs, key by key and level by level.
 * Lists and values are taken whole.
 */
export function joinContexts(base: Context, theirs: Context, ours: Context): Joined {
  const clashes: string[] = [];
  return { context: join(base, theirs, ours, [], clashes), clashes };
}

function join(base: Context, theirs: Context, ours: Context, path: string[], clashes: string[]): Context {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  const joined: [string, unknown][] = [];
  for (const key of keys) {
    const [was, their, our] = [read(base, key), read(theirs, key), read(ours, key)];
    if (isObject(their) && isObject(our)) {
      joined.push([key, join(isObject(was) ? was : {}, their, our, [...path, key], clashes)]);
      continue;
    }
    const isOurs = !isSame(was, our);
    if (isOurs && !isSame(was, their) && !isSame(their, our)) clashes.push([...path, key].join("."));
    const chosen = isOurs ? our : their;
    if (chosen !== undefined) joined.push([key, chosen]);
  }
  // Not by assignment: a key may be named __proto__.
  return Object.fromEntries(joined);
}

function read(context: Context, key: string): unknown {
  return Object.hasOwn(context, key) ? context[key] : undefined;
}

function isObject(value: unknown): value is Context {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return (a === undefined) === (b === undefined) && listChanges({ value: a }, { value: b }).length === 0;
}

type Path = readonly (string | number)[];

/**
 * Why something cannot be a conversation's context, or a patch of one, as a sentence that names the place; null when it
 * can. A patch is an object like any other (RFC 7396), in which null stands for "without this key".
 */
export function validateContext(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return "A context is a JSON object: { … }.";
  const fault = findFault(value, []);
  if (fault) return fault;
  const bytes = new TextEncoder().encode(JSON.stringify(value)).byteLength;
  if (bytes <= contextLimits.bytes) return null;
  return `A context may have ${contextLimits.bytes / 1024} KB; this has ${Math.ceil(bytes / 1024)} KB.`;
}

function findFault(value: unknown, path: Path): string | null {
  switch (typeof value) {
    case "string":
      return findTextFault(value, path);
    case "number":
      return Number.isFinite(value) ? null : `${nameOf(path)} is too great a number.`;
    case "boolean":
      return null;
    case "object":
      return value && findPartFault(value, path);
    default:
      return `${nameOf(path)} is nothing JSON can say.`;
  }
}

function findPartFault(value: object, path: Path): string | null {
  if (path.length >= contextLimits.depth)
    return `${nameOf(path)} lies deeper than ${contextLimits.depth} levels.`;
  for (const [key, part] of Object.entries(value)) {
    const partPath = [...path, Array.isArray(value) ? Number(key) : key];
    const fault = findKeyFault(key, partPath) ?? findFault(part, partPath);
    if (fault) return fault;
  }
  return null;
}

/** Every JavaScript object knows these names: a merge that meets one as data leaves the object's own behaviour. */
function findKeyFault(key: string, path: Path): string | null {
  if (key in Object.prototype || key === "prototype")
    return `"${key}" cannot be the name of a key: ${nameOf(path)}.`;
  return findTextFault(key, path);
}

/** PostgreSQL keeps every text but these. */
function findTextFault(text: string, path: Path): string | null {
  if (text.includes("\u0000")) return `${nameOf(path)} holds the character U+0000, which cannot be kept.`;
  return /\p{Surrogate}/u.test(text) ? `${nameOf(path)} holds half a character, which cannot be kept.` : null;
}

function nameOf(path: Path): string {
  return path.length === 0 ? "The context" : path.join(".");
}

export type ReadContext =
  | { context: Record<string, unknown>; why?: never }
  | { context?: never; why: string };

/** A context as somebody types it; or what is wrong with it, with the place: `Line 3, column 7: …`. */
export function readContextText(text: string): ReadContext {
  const fault = findJsonFault(text);
  if (fault) return { why: `Line ${fault.line}, column ${fault.column}: ${fault.why}` };
  const value: unknown = JSON.parse(text);
  const why = validateContext(value);
  // The judge has seen that it is an object.
  return why === null ? { context: value as Record<string, unknown> } : { why };
}
