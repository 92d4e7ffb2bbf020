import { cleanText } from "@/lib/clean-text";
import { BigInteger, parseJson, stringifyJson } from "@/lib/lossless-json";

/**
 * Fields of Vapi's schema, and of services it calls, that hold a secret and nothing else. Whole names, not words in
 * them: a `tokenNumber` is a ticket's, `secretQuestionAnswered` an answer. Compared without case, dashes and underscores.
 */
const secretFields = new Set(
  `apiKey apiSecret secretKey secretAccessKey accessKeyId awsAccessKeyId awsSecretAccessKey hmacAccessKey hmacSecret
  openAIKey ocpApimSubscriptionKey xApiKey xVapiSecret twilioAccountSid twilioAuthToken twilioApiKey twilioApiSecret
  authToken accessToken refreshToken idToken callToken bearerToken sessionToken clientSecret privateKey jwt password passwd
  authPassword sipPassword serverUrlSecret webhookSecret`
    .split(/\s+/)
    .map(plain),
);

/** Secrets or data, by what they hold: a `token` of 20 characters and a digit, not `A-17` or "2 boxes". */
const ambiguousFields = new Set([
  "token",
  "secret",
  "authorization",
  "cookie",
  "setcookie",
  "identity",
  "credential",
]);

/** Where Vapi's schema keeps secrets: below these even a short `token` is one. */
const secretPlaces = new Set([
  "server",
  "headers",
  "authentication",
  "voice",
  "model",
  "transcriber",
  "transport",
]);

/** Lists and objects that hold credentials. A text of that name is data: "ID card seen". */
const secretContainers = new Set(["credential", "credentials", "secrets", "cookies"]);

/** Names of headers that carry credentials, whatever service they are for. */
const secretHeader = /auth|secret|token|api-?key|cookie|signature|password/i;

/** A password in itself (unauthenticated by default), so not even its name stays. */
const dropped = new Set(["listenUrl", "controlUrl", "phoneCallProviderDetails"]);

const maxTextLength = 8_000;

/**
 * A copy of any JSON value without secrets: the fields of Vapi's schema that hold one, and in any text what is a secret by
 * its form (see redactText). Texts over 8,000 characters are cut and say so.
 */
export function redact(value: unknown): unknown {
  if (typeof value === "string") return redactJson(value) ?? redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== "object" || value instanceof BigInteger) return value;
  return redactObject(value);
}

/** `redact` for an object, which stays one. */
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

/** Vapi's `call.monitor`; anything else of the name is data. */
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
  if (secretFields.has(name) || (place === "headers" && secretHeader.test(key.slice(0, 100)))) return true;
  if (!ambiguousFields.has(name)) return false;
  return secretPlaces.has(place) || (value.length >= 16 && !/\s/.test(value));
}

/** A text that is a JSON object or list, as tools' arguments and results are: its keys say what is secret. Null: it is none. */
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
 * `redact` for a text: JSON Web Tokens, Bearer and Basic credentials, AWS keys, passwords in URLs and DSNs, the query of
 * signed URLs, listen and control URLs. Each piece between blanks and quotes is looked at once, in time that grows with its
 * length: callers and tools choose these texts.
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

/** Whether it decodes to `user:password`; "Basic coverage" is no credential. */
function isBasicPair(encoded: string): boolean {
  const decoded = Buffer.from(encoded, "base64").toString("latin1");
  return /^[ -~]+$/.test(decoded) && decoded.indexOf(":") > 0;
}

function redactPiece(piece: string): string {
  if (piece.includes("eyJ") && piece.includes(".")) return redactTokens(redactUrl(piece));
  return redactUrl(piece);
}

/** Dotted runs, each consumed whole; three parts, the first beginning as JSON does in Base64, are a token. */
function redactTokens(piece: string): string {
  return piece.replace(/[\w.-]+/g, (run) => {
    const [header = "", payload = ""] = run.slice(run.indexOf("eyJ")).split(".");
    const isToken = run.includes("eyJ") && header.length > 10 && payload.length >= 8;
    return isToken ? `${run.slice(0, run.indexOf("eyJ"))}[redacted]` : run;
  });
}

/** One piece may hold several URLs, one after the other; each begins with its scheme. */
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
  // The address of a database may have anything in its password, "?" and "/" too.
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

/** A link without query and fragment: what is signed into them is a password that expires. Null for no http(s) link. */
export function stripQuery(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, origin, pathname } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}` : null;
}
