import { listChanges } from "@/lib/conversations/list-changes";

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
