import { createHmac } from "node:crypto";
import type { HmacSettings } from "@/lib/credentials/credential";

export const webhookUrl = "http://localhost:3000/api/webhook";

/** Returns the headers Vapi would send, by its documentation of HMAC credentials. Independent of our own code. */
export function signDelivery(
  settings: HmacSettings,
  secret: string,
  body: string,
  { timestamp = String(Date.now()), messageId = "msg_1" } = {},
): Record<string, string> {
  const payload = settings.payloadFormat
    .replaceAll("{timestamp}", timestamp)
    .replaceAll("{method}", "POST")
    .replaceAll("{url}", webhookUrl)
    .replaceAll("{svix-id}", messageId)
    .replaceAll("{body}", () => body);
  const key = Buffer.from(secret, settings.secretIsBase64 ? "base64" : "utf8");
  const signature = createHmac(settings.algorithm, key).update(payload).digest(settings.encoding);
  return {
    "x-vapi-secret": "",
    [settings.signatureHeader]: `${settings.signaturePrefix}${signature}`,
    [settings.timestampHeader]: timestamp,
    [settings.messageIdHeader]: messageId,
  };
}
