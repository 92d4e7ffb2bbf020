import { BigInteger } from "@/lib/lossless-json";

/** Names under which Vapi bodies carry passwords: Twilio tokens, tool secrets, provider keys, SIP identity. */
const secretName =
  /secret|token|password|passwd|authorization|api[-_]?key|private[-_]?key|jwt|cookie|credential(?!Id)|^identity$|accountSid/i;

/** Each of these is a password in itself (unauthenticated by default), so not even its name stays. */
const dropped = new Set(["monitor", "listenUrl", "controlUrl", "phoneCallProviderDetails"]);

const jwt = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const monitorUrl = /\b(?:wss?|https?):\/\/[^\s"']+\/(?:listen|control|transport)\b[^\s"']*/gi;
const signedQuery = /(https?:\/\/[^\s"'?]+)\?[^\s"']*(?:sign|token|secret|key|expires|credential)[^\s"']*/gi;
const bearer = /\bBearer\s+[\w.~+/=-]{8,}/gi;
const maxTextLength = 8_000;

/**
 * A copy of any JSON value without secrets: values under a secret's name, JSON Web Tokens, Bearer tokens, listen and
 * control URLs, the query of signed URLs. Texts over 8,000 characters are cut and say so.
 */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== "object" || value instanceof BigInteger) return value;
  return redactObject(value);
}

/** `redact` for an object, which stays one. */
export function redactObject(value: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (dropped.has(key)) continue;
    kept[key] = isSecret(key, entry) ? "[redacted]" : redact(entry);
  }
  return kept;
}

/** `redact` for a text. */
export function redactText(text: string): string {
  if (text.length < 16) return text;
  const clean = text
    .replace(jwt, "[redacted]")
    .replace(bearer, "Bearer [redacted]")
    .replace(monitorUrl, "[redacted]")
    .replace(signedQuery, "$1?[redacted]");
  return clean.length > maxTextLength
    ? `${clean.slice(0, maxTextLength)}… (${clean.length} characters)`
    : clean;
}

/** Counts (`llmPromptTokens: 257`) and empty values are no secrets, whatever their name. */
function isSecret(key: string, value: unknown): boolean {
  return (
    secretName.test(key) &&
    typeof value !== "number" &&
    !(value instanceof BigInteger) &&
    typeof value !== "boolean" &&
    value !== null &&
    value !== ""
  );
}
