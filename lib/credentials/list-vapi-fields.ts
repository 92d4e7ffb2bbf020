import type { HmacSettings } from "@/lib/credentials/credential-settings";
import type { ShownCredential } from "@/lib/credentials/shown-credential";

/** One field of Vapi's credential form, by the name it has there. */
export interface VapiField {
  name: string;
  value: string;
  isSecret?: true;
}

/**
 * What to enter in Vapi (Settings → Integrations → Server Configuration → Add Custom Credential) for a credential
 * that was just made.
 * @param tokenUrl our token endpoint
 * @see https://docs.vapi.ai/server-url/server-authentication
 */
export function listVapiFields({ settings, secret }: ShownCredential, tokenUrl: string): VapiField[] {
  switch (settings.kind) {
    case "secret":
      return bearer("X-Vapi-Secret", false, secret);
    case "bearer":
      return bearer(settings.header, settings.hasPrefix, secret);
    case "hmac":
      return hmac(settings, secret);
    case "oauth2":
      return [
        { name: "Authentication Type", value: "OAuth 2.0" },
        { name: "Token URL", value: tokenUrl },
        { name: "Client ID", value: settings.clientId },
        { name: "Client Secret", value: secret, isSecret: true },
      ];
  }
}

function bearer(header: string, hasPrefix: boolean, token: string): VapiField[] {
  return [
    { name: "Authentication Type", value: "Bearer Token" },
    { name: "Header Name", value: header },
    { name: "Include Bearer Prefix", value: hasPrefix ? "on" : "off" },
    { name: "Token", value: token, isSecret: true },
  ];
}

function hmac(settings: HmacSettings, secret: string): VapiField[] {
  const isTimed = settings.payloadFormat.includes("{timestamp}");
  const hasMessageId = settings.payloadFormat.includes("{svix-id}");
  return [
    { name: "Authentication Type", value: "HMAC" },
    { name: "Secret Key", value: secret, isSecret: true },
    { name: "Algorithm", value: settings.algorithm.toUpperCase() },
    { name: "Signature Header", value: settings.signatureHeader },
    ...(settings.signaturePrefix ? [{ name: "Signature Prefix", value: settings.signaturePrefix }] : []),
    { name: "Include Timestamp", value: isTimed ? "on" : "off" },
    ...(isTimed ? [{ name: "Timestamp Header", value: settings.timestampHeader }] : []),
    { name: "Payload Format", value: settings.payloadFormat },
    ...(hasMessageId ? [{ name: "Message ID Header", value: settings.messageIdHeader }] : []),
    { name: "Signature Encoding", value: settings.encoding },
    { name: "Secret Is Base64", value: settings.secretIsBase64 ? "on" : "off" },
  ];
}
