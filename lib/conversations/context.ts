import diff from "microdiff";
import { contextLimits } from "@/lib/conversations/conversation";
import { readJson } from "@/lib/json-fault";

/** A single difference between two contexts. */
export type Change =
  | { type: "CREATE"; path: (string | number)[]; value: unknown }
  | { type: "REMOVE"; path: (string | number)[]; oldValue: unknown }
  | { type: "CHANGE"; path: (string | number)[]; value: unknown; oldValue: unknown };

/** Lists every difference between two contexts, each with its path. */
export function listChanges(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return diff(before, after, { cyclesFix: false });
}

type Context = Record<string, unknown>;

export interface Joined {
  context: Context;
  /** Paths that both changed in different ways; the merged context has our value. */
  clashes: string[];
}

/**
 * Merges two people's changes to one context, key by key at every level: a key that only one of them changed takes that
 * change. Lists and scalar values are taken whole.
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
  // Not assigned key by key: a key may be named __proto__.
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
 * Returns why a value cannot be a conversation's context or a patch of one, as a sentence with the path, or null. A
 * patch (RFC 7396) is a plain object too; null in it removes a key.
 */
export function validateContext(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return "A context is a JSON object: { … }.";
  const fault = findFault(value, []);
  if (fault) return fault;
  const bytes = new TextEncoder().encode(JSON.stringify(value)).byteLength;
  if (bytes <= contextLimits.bytes) return null;
  return `A context can have up to ${contextLimits.bytes / 1024} KB; this one has ${Math.ceil(bytes / 1024)} KB.`;
}

function findFault(value: unknown, path: Path): string | null {
  switch (typeof value) {
    case "string":
      return findTextFault(value, path);
    case "number":
      return Number.isFinite(value) ? null : `${nameOf(path)} is too large a number.`;
    case "boolean":
      return null;
    case "object":
      return value && findPartFault(value, path);
    default:
      return `${nameOf(path)} cannot be written as JSON.`;
  }
}

function findPartFault(value: object, path: Path): string | null {
  if (path.length >= contextLimits.depth)
    return `${nameOf(path)} is nested deeper than ${contextLimits.depth} levels.`;
  for (const [key, part] of Object.entries(value)) {
    const partPath = [...path, Array.isArray(value) ? Number(key) : key];
    const fault = findKeyFault(key, partPath) ?? findFault(part, partPath);
    if (fault) return fault;
  }
  return null;
}

/** Rejects names that exist on every JavaScript object: a merge would read or overwrite the built-in property. */
function findKeyFault(key: string, path: Path): string | null {
  if (key in Object.prototype || key === "prototype")
    return `"${key}" is not allowed as a key: ${nameOf(path)}.`;
  return findTextFault(key, path);
}

/** Rejects the only text that PostgreSQL cannot store. */
function findTextFault(text: string, path: Path): string | null {
  if (text.includes("\u0000"))
    return `${nameOf(path)} contains the character U+0000, which cannot be stored.`;
  return /\p{Surrogate}/u.test(text)
    ? `${nameOf(path)} contains half a surrogate pair, which cannot be stored.`
    : null;
}

function nameOf(path: Path): string {
  return path.length === 0 ? "The context" : path.join(".");
}

export type ReadContext =
  | { context: Record<string, unknown>; why?: never }
  | { context?: never; why: string };

/** Parses a context as typed, or returns the error and its position: `Line 3, column 7: …`. */
export function readContextText(text: string): ReadContext {
  const { value, why: fault } = readJson(text);
  if (fault) return { why: fault };
  const why = validateContext(value);
  // validateContext has checked that it is an object.
  return why === null ? { context: value as Record<string, unknown> } : { why };
}
