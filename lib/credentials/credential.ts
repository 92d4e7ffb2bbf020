import * as z from "zod";

const range = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
  error: "Enter addresses or CIDR ranges, such as 167.150.224.0/23 or 2001:db8::/32.",
});

/** Source addresses deliveries are accepted from: IPv4 and IPv6, with or without a prefix length. Empty: from anywhere. */
export const addressRangesSchema = z.array(range).max(100);

/** Splits a text at commas, spaces and line breaks into ranges, which are not validated. */
export function splitRanges(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** The address ranges to accept deliveries from. */
export const addressChangeSchema = z.object({ ranges: addressRangesSchema });

/** A header name (RFC 9110 §5.1), in lower case because names are case-insensitive. */
const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/, "Header names have letters, digits and dashes, no spaces.");

/** `server.secret` in Vapi: sent verbatim as X-Vapi-Secret. */
const secretSettings = z.object({ kind: z.literal("secret") });

/** Vapi's `BearerAuthenticationPlan`. */
const bearerSettings = z.object({
  kind: z.literal("bearer"),
  header: headerName.default("authorization"),
  hasPrefix: z.boolean().default(true),
});

/**
 * Vapi's `HMACAuthenticationPlan` with its defaults. The payload format implies its `includeTimestamp`; the tolerance
 * is Earshot's own.
 */
const hmacSettings = z.object({
  kind: z.literal("hmac"),
  algorithm: z.enum(["sha256", "sha512", "sha1"]).default("sha256"),
  signatureHeader: headerName.default("x-signature"),
  timestampHeader: headerName.default("x-timestamp"),
  messageIdHeader: headerName.default("svix-id"),
  signaturePrefix: z
    .string()
    .max(40)
    .regex(/^[\x20-\x7e]*$/, "Use only characters allowed in a header.")
    .default(""),
  payloadFormat: z
    .string()
    .max(200)
    .includes("{body}", { error: "Include {body}: without it, the signature does not cover the content." })
    .default("{timestamp}.{body}"),
  encoding: z.enum(["hex", "base64"]).default("hex"),
  secretIsBase64: z.boolean().default(false),
  /** How far a timestamp may differ from the server's clock, in either direction. */
  toleranceSeconds: z.number().int().min(10).max(3_600).default(300),
});

/** Vapi's `OAuth2AuthenticationPlan`; the token endpoint is ours. */
const oauth2Settings = z.object({ kind: z.literal("oauth2"), clientId: z.string() });

/** The settings of a new credential; the server generates an OAuth client ID. */
export const newSettingsSchema = z.discriminatedUnion("kind", [
  secretSettings,
  bearerSettings,
  hmacSettings,
  oauth2Settings.omit({ clientId: true }),
]);

/** The settings of a stored credential. */
export const credentialSettingsSchema = z.discriminatedUnion("kind", [
  secretSettings,
  bearerSettings,
  hmacSettings,
  oauth2Settings,
]);

export type NewSettings = z.infer<typeof newSettingsSchema>;
export type HmacSettings = z.infer<typeof hmacSettings>;
export type CredentialSettings = z.infer<typeof credentialSettingsSchema>;
type CredentialKind = CredentialSettings["kind"];

export const kindNames: Readonly<Record<CredentialKind, string>> = {
  secret: "X-Vapi-Secret",
  bearer: "Bearer token",
  hmac: "HMAC signature",
  oauth2: "OAuth 2",
};

const algorithmNames = { sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;

/** Describes in one line how a credential is sent. */
export function describeSettings(settings: CredentialSettings): string {
  switch (settings.kind) {
    case "secret":
      return "X-Vapi-Secret: …";
    case "bearer":
      return `${settings.header}: ${settings.hasPrefix ? "Bearer " : ""}…`;
    case "hmac":
      return `${settings.signatureHeader}: ${settings.signaturePrefix}… (${algorithmNames[settings.algorithm]} of ${settings.payloadFormat}, ${settings.encoding})`;
    case "oauth2":
      return `client ${settings.clientId}`;
  }
}

/** `expiring`: rotated, but still valid for a while. */
export type CredentialState = "valid" | "expiring" | "expired" | "revoked";

/** A webhook credential as the settings show it. Times are ISO strings. */
export interface ListedCredential {
  id: string;
  name: string;
  /** Null for a secret of VAPI_WEBHOOK_SECRET, which only the environment can change. */
  settings: CredentialSettings | null;
  /** The secret's last characters. */
  hint: string | null;
  addressRanges: string[];
  createdBy: string | null;
  createdAt: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  state: CredentialState;
  /** False if the key was sealed under a different BETTER_AUTH_SECRET. */
  isReadable: boolean;
}

/** A secret that already exists in Vapi. Short ones could be guessed from their hash. */
const ownSecret = z
  .string()
  .min(20, "Use 20 characters or more, or leave empty to generate a secret.")
  .max(500)
  .regex(/^[\x21-\x7e]+$/, "Use ASCII letters, digits and symbols, no spaces.");

/** The input for a new webhook credential. */
export const newCredentialSchema = z
  .object({
    name: z.string().trim().min(1, "Enter a name.").max(100),
    settings: newSettingsSchema,
    secret: ownSecret.optional(),
    addressRanges: addressRangesSchema.default([]),
  })
  .refine(({ settings, secret }) => settings.kind !== "oauth2" || secret === undefined, {
    path: ["secret"],
    error: "Client ID and secret are generated.",
  })
  .refine(({ settings, secret }) => !secret || !isBase64Key(settings) || isBase64(secret), {
    path: ["secret"],
    error: "Not valid Base64.",
  });

export type NewCredential = z.infer<typeof newCredentialSchema>;

function isBase64Key(settings: z.infer<typeof newSettingsSchema>): boolean {
  return settings.kind === "hmac" && settings.secretIsBase64;
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
}

/** How long the old secret stays valid. A week is enough time to change a setting in Vapi. */
export const rotationSchema = z.object({ graceHours: z.number().int().min(0).max(168) });

/** A newly created credential: the only time its secret is shown. */
export const shownCredentialSchema = z.object({
  id: z.uuid(),
  secret: z.string(),
  settings: credentialSettingsSchema,
});

export type ShownCredential = z.infer<typeof shownCredentialSchema>;
