import { BigInteger } from "@/lib/lossless-json";

/** An assistant, squad, number or tool as Vapi returns it. */
export type VapiDocument = Readonly<Record<string, unknown>>;

/** One field that a PATCH changes. An undefined side means that the field is absent. */
export interface FieldChange {
  /** As displayed: `server.url`, `members.0.assistantOverrides.server.url`. */
  path: string;
  before?: unknown;
  after?: unknown;
}

/** The body sent to Vapi: the changed top-level fields, each in full; null removes one. */
export type PatchBody = Record<string, unknown>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof BigInteger)
  );
}

/** Own properties only: a field may be named like one of Object's methods. */
function own(record: VapiDocument, field: string): unknown {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

/** Whether two JSON values are equal, regardless of the order of keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a instanceof BigInteger && b instanceof BigInteger) return a.digits === b.digits;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((part, index) => isSameJson(part, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}

/** Returns a copy with another value at a path; undefined removes the field. Unchanged parts stay the same objects. */
export function setField(value: unknown, path: readonly string[], next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    return value.map((part, index) => (String(index) === key ? setField(part, rest, next) : part));
  }
  const record = isRecord(value) ? value : {};
  const inner = setField(record[key], rest, next);
  if (inner !== undefined) return { ...record, [key]: inner };
  const { [key]: _, ...others } = record;
  return others;
}

/** Secret fields: a diff shows that they change, but not their values. */
const secretNames = /^(secret|authorization|x-vapi-secret|x-api-key|token)$/i;
const hidden = "••••";

/**
 * Returns the fields in which two documents differ, at any depth. A list counts as one field unless its items can be
 * compared one by one.
 */
export function diffFields(before: unknown, after: unknown, path: readonly string[] = []): FieldChange[] {
  if (isSameJson(before, after)) return [];
  const keys = listKeys(before, after);
  if (keys) {
    const [left, right] = [before as Record<string, unknown>, after as Record<string, unknown>];
    return keys.flatMap((key) => diffFields(left[key], right[key], [...path, key]));
  }
  const isSecret = secretNames.test(path.at(-1) ?? "");
  return [
    {
      path: path.join("."),
      ...(before !== undefined && { before: isSecret ? hidden : before }),
      ...(after !== undefined && { after: isSecret ? hidden : after }),
    },
  ];
}

/** Returns the keys by which two values can be compared part by part; null to compare them whole. */
function listKeys(before: unknown, after: unknown): string[] | null {
  if (Array.isArray(before) && Array.isArray(after)) {
    const isParallel = before.length === after.length && [...before, ...after].every(isRecord);
    return isParallel ? Object.keys(before) : null;
  }
  if (!isRecord(before) || !isRecord(after)) return null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

/** Returns the PATCH that turns one document into another. */
export function toPatch(before: VapiDocument, after: VapiDocument): PatchBody {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...fields]
      .filter((field) => !isSameJson(own(before, field), own(after, field)))
      .map((field) => [field, own(after, field) ?? null]),
  );
}

/** Returns only the given fields of a document; absent ones are left out. */
export function pickFields(document: VapiDocument, fields: readonly string[]): VapiDocument {
  return Object.fromEntries(
    fields.filter((field) => document[field] !== undefined).map((field) => [field, document[field]]),
  );
}

/** Returns the PATCH that restores fields and removes those that were absent. */
export function toUndoPatch(fields: readonly string[], before: VapiDocument): PatchBody {
  return Object.fromEntries(fields.map((field) => [field, before[field] ?? null]));
}
