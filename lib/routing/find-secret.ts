import { redactObject, redactText } from "@/lib/webhook/redact";

/** Where in a value a secret stands (`assistant.server.secret`), by the rules that keep secrets out of the log; null: nowhere. */
export function findSecret(value: unknown, path = ""): string | null {
  if (typeof value === "string") return redactText(value).includes("[redacted]") ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, entry] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    // Alone and emptied, so that what is inside it is not looked at twice.
    const probe = typeof entry === "object" && entry !== null ? {} : entry;
    const kept = redactObject({ [key]: probe }, path.split(".").at(-1))[key];
    if (kept === "[redacted]" || (kept === undefined && entry !== undefined)) return at;
    const inside = findSecret(entry, at);
    if (inside !== null) return inside;
  }
  return null;
}
