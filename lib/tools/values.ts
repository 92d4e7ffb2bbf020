import { BigInteger } from "@/lib/lossless-json";

/** Describes a JSON value for listening: `name: Maya; children: Ada, Ben; insured: yes`. */
export function describeValue(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null || value === undefined) return "not known";
  if (Array.isArray(value)) return value.length > 0 ? value.map(describeValue).join(", ") : "none";
  if (typeof value !== "object" || value instanceof BigInteger) return String(value);
  return Object.entries(value)
    .map(([key, entry]) => `${key}: ${describeInner(entry)}`)
    .join("; ");
}

function describeInner(value: unknown): string {
  const isObject =
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof BigInteger);
  return isObject ? `(${describeValue(value)})` : describeValue(value);
}

const placeholder = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** Returns the names of a template's `{{placeholders}}`, each once. */
export function listPlaceholders(template: string): string[] {
  return [...new Set([...template.matchAll(placeholder)].map(([, name]) => name ?? ""))];
}

/** Fills in a template's placeholders. Placeholders within the inserted values are not filled in. */
export function fillText(template: string, toValue: (name: string) => string): string {
  return template.replace(placeholder, (_, name: string) => toValue(name));
}

/** Returns the value at `a.b.0.c` of a JSON value, using own properties only; undefined if there is none. */
export function readPath(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce(
      (holder, key) =>
        typeof holder === "object" && holder !== null && Object.hasOwn(holder, key)
          ? Reflect.get(holder, key)
          : undefined,
      value,
    );
}
