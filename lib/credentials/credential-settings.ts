import { z } from "zod";

/** A header's name (RFC 9110 §5.1) as headers are compared: in lower case. */
const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/, "A header's name has letters, digits and dashes, and no spaces.");

/** `server.secret` in Vapi: sent verbatim as X-Vapi-Secret. */
const secretSettings = z.object({ kind: z.literal("secret") });

/** Vapi's `BearerAuthenticationPlan`. */
const bearerSettings = z.object({
  kind: z.literal("bearer"),
  header: headerName.default("authorization"),
  hasPrefix: z.boolean().default(true),
});

/**
 * Vapi's `HMACAuthenticationPlan`, with its defaults. Its `includeTimestamp` is said by the format; the tolerance
 * is ours.
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
    .regex(/^[\x20-\x7e]*$/, "A prefix has the characters of a header only.")
    .default(""),
  payloadFormat: z
    .string()
    .max(200)
    .includes("{body}", { error: "Without {body} a signature would say nothing of what was sent." })
    .default("{timestamp}.{body}"),
  encoding: z.enum(["hex", "base64"]).default("hex"),
  secretIsBase64: z.boolean().default(false),
  /** How far a timestamp may be from our clock, either way. */
  toleranceSeconds: z.number().int().min(10).max(3_600).default(300),
});

/** Vapi's `OAuth2AuthenticationPlan`; the token endpoint is ours. */
const oauth2Settings = z.object({ kind: z.literal("oauth2"), clientId: z.string() });

/** What a credential is asked for with; our side makes the client id. */
export const newSettingsSchema = z.discriminatedUnion("kind", [
  secretSettings,
  bearerSettings,
  hmacSettings,
  oauth2Settings.omit({ clientId: true }),
]);

/** What a credential is stored with. */
export const credentialSettingsSchema = z.discriminatedUnion("kind", [
  secretSettings,
  bearerSettings,
  hmacSettings,
  oauth2Settings,
]);

export type NewSettings = z.infer<typeof newSettingsSchema>;
export type HmacSettings = z.infer<typeof hmacSettings>;
export type CredentialSettings = z.infer<typeof credentialSettingsSchema>;
export type CredentialKind = CredentialSettings["kind"];
