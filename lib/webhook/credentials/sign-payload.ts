import "server-only";
import { createHmac } from "node:crypto";
import type { Signer } from "@/lib/webhook/credentials/known";

/** What a signature is made over. */
export interface Signed {
  timestamp: string;
  messageId: string;
  method: string;
  url: string;
  /** The raw bytes. */
  body: Uint8Array;
}

/** The signature a signer would have sent. */
export function signPayload({ key, settings, payload }: Omit<Signer, "credential">, signed: Signed): Buffer {
  const hmac = createHmac(settings.algorithm, key);
  for (const part of payload) hmac.update("text" in part ? part.text : fieldOf(signed, part.field));
  return hmac.digest();
}

function fieldOf(signed: Signed, field: string): string | Uint8Array {
  if (field === "body") return signed.body;
  if (field === "timestamp") return signed.timestamp;
  if (field === "method") return signed.method;
  return field === "url" ? signed.url : signed.messageId;
}
