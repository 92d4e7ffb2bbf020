import { BigInteger } from "@/lib/lossless-json";

/** A JSON value to be listened to: `name: Maya; children: Ada, Ben; insured: yes`. */
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
