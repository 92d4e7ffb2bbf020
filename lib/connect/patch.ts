import { BigInteger } from "@/lib/lossless-json";

/** An assistant, squad, number or tool as Vapi returns it. */
export type VapiDocument = Readonly<Record<string, unknown>>;

/** One field that a PATCH changes. A side that is absent has no such field. */
export interface FieldChange {
  /** As people write it: `server.url`, `members.0.assistantOverrides.server.url`. */
  path: string;
  before?: unknown;
  after?: unknown;
}

/** What is sent to Vapi: the top-level fields that change, whole; null takes one away. */
export type PatchBody = Record<string, unknown>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof BigInteger)
  );
}

/** A field of its own: Vapi may name one as every object's methods are named. */
function own(record: VapiDocument, field: string): unknown {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

/** Whether two JSON values say the same. The order of keys says nothing. */
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

/** A document with another value at a path; undefined takes the field away. Everything else stays the same object. */
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

/** Values of these fields let somebody in: a diff says that they change, and not to what. */
const secretNames = /^(secret|authorization|x-vapi-secret|x-api-key|token)$/i;
const hidden = "••••";

/** The fields in which two documents differ, each as deep as it goes. Lists are one field, unless only their parts differ. */
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

/** By what two values can be compared part by part; null where they are to be compared whole. */
function listKeys(before: unknown, after: unknown): string[] | null {
  if (Array.isArray(before) && Array.isArray(after)) {
    const isParallel = before.length === after.length && [...before, ...after].every(isRecord);
    return isParallel ? Object.keys(before) : null;
  }
  if (!isRecord(before) || !isRecord(after)) return null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

/** The PATCH that turns one document into another. */
export function toPatch(before: VapiDocument, after: VapiDocument): PatchBody {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...fields]
      .filter((field) => !isSameJson(own(before, field), own(after, field)))
      .map((field) => [field, own(after, field) ?? null]),
  );
}

/** Only these fields of a document; one it does not have is left out. */
export function pickFields(document: VapiDocument, fields: readonly string[]): VapiDocument {
  return Object.fromEntries(
    fields.filter((field) => document[field] !== undefined).map((field) => [field, document[field]]),
  );
}

/** The PATCH that puts fields back as they were; those that were absent are taken away. */
export function toUndoPatch(fields: readonly string[], before: VapiDocument): PatchBody {
  return Object.fromEntries(fields.map((field) => [field, before[field] ?? null]));
}
