import type { CredentialKind, CredentialSettings } from "@/lib/credentials/credential-settings";

/** What each kind is called. */
export const kindNames: Readonly<Record<CredentialKind, string>> = {
  secret: "X-Vapi-Secret",
  bearer: "Bearer token",
  hmac: "HMAC signature",
  oauth2: "OAuth 2",
};

const algorithmNames = { sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;

/** How a credential is sent, in one line. */
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
