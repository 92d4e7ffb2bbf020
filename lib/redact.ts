import { cleanText } from "@/lib/clean-text";
import { BigInteger, parseJson, stringifyJson } from "@/lib/lossless-json";

/**
 * Fields in Vapi's schema, and in services it calls, that always hold a secret. Compared as whole names, not by words
 * in them (`tokenNumber` is a ticket number, `secretQuestionAnswered` an answer), ignoring case, dashes and
 * underscores.
 */
const secretFields = new Set(
  `apiKey apiSecret secretKey secretAccessKey accessKeyId awsAccessKeyId awsSecretAccessKey hmacAccessKey hmacSecret
  openAIKey ocpApimSubscriptionKey xApiKey xVapiSecret twilioAccountSid twilioAuthToken twilioApiKey twilioApiSecret
  authToken accessToken refreshToken idToken callToken bearerToken sessionToken clientSecret privateKey jwt password passwd
  authPassword sipPassword serverUrlSecret webhookSecret`
    .split(/\s+/)
    .map(plain),
);

/** Secret or data, depending on the value: redacted from 16 characters without blanks, so not `A-17` or "2 boxes". */
const ambiguousFields = new Set([
  "token",
  "secret",
  "authorization",
  "cookie",
  "setcookie",
  "identity",
  "credential",
]);

/** Headers that Vapi sends along: to a server, with a SIP call. */
const headerPlaces = new Set(["headers", "sipHeaders"]);

/** Objects of Vapi's schema that hold secrets: directly inside them, even a short `token` is one. */
const secretPlaces = new Set([
  ...headerPlaces,
  "server",
  "authentication",
  "voice",
  "model",
  "transcriber",
  "transport",
]);

/** Lists and objects that hold credentials. A string of the same name is data: "ID card seen". */
const secretContainers = new Set(["credential", "credentials", "secrets", "cookies"]);

/** Header names that carry credentials, for any service. */
const secretHeader = /auth|secret|token|api-?key|cookie|signature|password/i;

/** Acts as a password (unauthenticated by default), so not even the field name is kept. */
const dropped = new Set(["listenUrl", "controlUrl", "phoneCallProviderDetails"]);

const maxTextLength = 8_000;

/**
 * Returns a copy of a JSON value without secrets: fields that hold one in Vapi's schema, and secrets recognised by
 * their form in any text (see redactText). Texts over 8,000 characters are cut, with a note of their length.
 */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactJson(value) ?? redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== "object" || value instanceof BigInteger) return value;
  return redactObject(value);
}

/** Like `redact`, for an object; returns an object. */
export function redactObject(value: object, place = ""): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (dropped.has(key) || isMonitor(key, entry)) continue;
    kept[key] = isSecret(key, entry, place) ? "[redacted]" : redactEntry(key, entry);
  }
  return kept;
}

function redactEntry(key: string, entry: unknown): unknown {
  const isObject = typeof entry === "object" && entry !== null && !Array.isArray(entry);
  return isObject && !(entry instanceof BigInteger) ? redactObject(entry, key) : redact(entry);
}

/** Matches Vapi's `call.monitor`; other fields of that name are data. */
function isMonitor(key: string, entry: unknown): boolean {
  return (
    key === "monitor" &&
    typeof entry === "object" &&
    entry !== null &&
    ("listenUrl" in entry || "controlUrl" in entry)
  );
}

function isSecret(key: string, value: unknown, place: string): boolean {
  const name = plain(key);
  if (typeof value === "object" && value !== null) return secretContainers.has(name);
  if (typeof value !== "string" || value === "") return false;
  if (secretFields.has(name) || (headerPlaces.has(place) && secretHeader.test(key.slice(0, 100))))
    return true;
  if (!ambiguousFields.has(name)) return false;
  return secretPlaces.has(place) || (value.length >= 16 && !/\s/.test(value));
}

/** Redacts a string that holds a JSON object or list, such as tool arguments, by its keys. Null if nothing changed. */
function redactJson(text: string): string | null {
  if (!/^\s{0,20}[{[]/.test(text)) return null;
  try {
    const value = parseJson(text);
    const clean = stringifyJson(redact(value));
    return clean === stringifyJson(value) ? null : cut(clean);
  } catch {
    return null;
  }
}

function plain(key: string): string {
  return key.replace(/[-_]/g, "").toLowerCase();
}

/**
 * Like `redact`, for a string: JSON Web Tokens, Bearer and Basic credentials, AWS keys, passwords in URLs and DSNs, the
 * query of signed URLs, listen and control URLs. Runs in linear time, visiting each run between blanks and quotes once,
 * because callers and tools control these texts.
 */
export function redactText(text: string): string {
  if (text.length < 8) return text;
  const clean = text
    .replace(/\bBasic ([\w+/=-]{8,})/gi, (whole, pair: string) =>
      isBasicPair(pair) ? "Basic [redacted]" : whole,
    )
    .replace(/\b(bearer) ([\w.~+/=-]{8,})/gi, (whole, scheme: string, token: string) =>
      scheme === "Bearer" || /\d/.test(token) || token.length >= 20 ? `${scheme} [redacted]` : whole,
    )
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, "[redacted]")
    .replace(/[^\s"'<>]+/g, redactPiece);
  return cut(clean);
}

function cut(text: string): string {
  return text.length > maxTextLength
    ? `${cleanText(text, maxTextLength)}… (${text.length} characters)`
    : text;
}

/** Whether it decodes to `user:password`; "Basic coverage" is not a credential. */
function isBasicPair(encoded: string): boolean {
  const decoded = Buffer.from(encoded, "base64").toString("latin1");
  return /^[ -~]+$/.test(decoded) && decoded.indexOf(":") > 0;
}

function redactPiece(piece: string): string {
  if (piece.includes("eyJ") && piece.includes(".")) return redactTokens(redactUrl(piece));
  return redactUrl(piece);
}

/** Matches dotted runs, each consumed whole. A run is a token if it has a header that starts like Base64 JSON and a payload. */
function redactTokens(piece: string): string {
  return piece.replace(/[\w.-]+/g, (run) => {
    const [header = "", payload = ""] = run.slice(run.indexOf("eyJ")).split(".");
    const isToken = run.includes("eyJ") && header.length > 10 && payload.length >= 8;
    return isToken ? `${run.slice(0, run.indexOf("eyJ"))}[redacted]` : run;
  });
}

/** One run may hold several URLs back to back; each begins with its scheme. */
function redactUrl(piece: string): string {
  const sip = piece.slice(0, 45).search(/\bsips?:/i);
  if (sip !== -1) {
    const start = piece.indexOf(":", sip) + 1;
    return `${piece.slice(0, start)}${withoutPassword(piece.slice(start))}`;
  }
  if (!piece.includes("://")) return piece;
  return piece
    .split(/(?<![a-z0-9+.-])(?=[a-z][a-z0-9+.-]{0,20}:\/\/)/i)
    .map(redactOneUrl)
    .join("");
}

function redactOneUrl(url: string): string {
  const scheme = url.indexOf("://");
  if (scheme === -1) return url;
  const start = scheme + 3;
  const isWeb = /^(?:https?|wss?)$/i.test(url.slice(0, scheme).slice(-5));
  // A database address may contain any character in its password, including "?" and "/".
  if (!isWeb) return `${url.slice(0, start)}${withoutPassword(url.slice(start))}`;
  const query = url.indexOf("?", start);
  const end = query === -1 ? url.length : query;
  const address = url.slice(start, end);
  if (isMonitorAddress(url.slice(0, scheme), address)) return "[redacted]";
  const signed = query !== -1 && isSigned(url.slice(query + 1));
  const slash = address.indexOf("/");
  const host = slash === -1 ? address : address.slice(0, slash);
  const path = address.slice(host.length);
  return `${url.slice(0, start)}${withoutPassword(host)}${path}${signed ? "?[redacted]" : url.slice(end)}`;
}

function isMonitorAddress(scheme: string, address: string): boolean {
  const segments = address.split("/");
  const isVapi = /(?:^|\.)vapi\.ai(?::\d{1,5})?$/.test(segments[0]?.slice(-80) ?? "");
  const isOpen = segments.slice(1).some((segment) => /^(?:listen|control|transport)\b/.test(segment));
  return isOpen && (isVapi || scheme.endsWith("ws") || scheme.endsWith("wss"));
}

function withoutPassword(address: string): string {
  const at = address.lastIndexOf("@");
  const colon = address.indexOf(":");
  const isPair = at !== -1 && colon !== -1 && colon < at;
  return isPair ? `${address.slice(0, colon)}:[redacted]${address.slice(at)}` : address;
}

const signedNames =
  /^(?:sig|signature|sign|token|secret|key|password|jwt|expires|credential|x-(?:amz|goog)-.{1,40}|\w{1,20}[-_](?:token|key|secret)|apikey)$/i;

function isSigned(query: string): boolean {
  return query.split(/[&;#]/).some((pair) => signedNames.test(pair.split("=")[0]?.slice(0, 64) ?? ""));
}

/** Returns a link without query and fragment, since a signature in them is a password that expires. Null if it is not http(s). */
export function stripQuery(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, origin, pathname } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}` : null;
}
