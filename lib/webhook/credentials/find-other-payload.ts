import "server-only";
import { createSecretKey, type KeyObject } from "node:crypto";
import { isSameBytes } from "@/lib/is-same-bytes";
import type { SignatureClaim } from "@/lib/webhook/credentials/read-signature";
import { signPayload } from "@/lib/webhook/credentials/sign-payload";
import { toPayloadParts } from "@/lib/webhook/credentials/to-payload-parts";

const usualFormats = ["{timestamp}.{body}", "{body}", "{svix-id}.{timestamp}.{body}", "{timestamp}{body}"];
/** Whoever sends nonsense on purpose must not make us compute eight signatures for each. */
const maxBodyBytes = 256 * 1024;
const pauseMs = 1_000;

let triedAt = 0;

/**
 * For a signature that does not fit: the usual payload or reading of the key with which it would, in words. Settings
 * that differ between Vapi and here are the commonest fault, and the hardest to see from outside.
 */
export function findOtherPayload(
  { signer, signature, timestamp, messageId }: SignatureClaim,
  body: Uint8Array,
) {
  if (body.byteLength > maxBodyBytes || Date.now() - triedAt < pauseMs) return null;
  triedAt = Date.now();
  const { settings } = signer;
  for (const [key, isBase64] of readings(signer.key, settings.secretIsBase64)) {
    for (const format of usualFormats) {
      const signed = { timestamp, messageId, method: "POST", url: "", body };
      const digest = signPayload({ key, settings, payload: toPayloadParts(format) }, signed);
      if (isSameBytes(digest, signature)) return inWords(format, isBase64);
    }
  }
  return null;
}

/** The key as it is read now, and as it would be with `secretIsBase64` the other way round. */
function readings(key: KeyObject, isBase64: boolean): [KeyObject, boolean][] {
  const bytes = key.export();
  const other = isBase64 ? Buffer.from(bytes.toString("base64")) : Buffer.from(bytes.toString(), "base64");
  const asIs: [KeyObject, boolean] = [key, isBase64];
  return other.length > 0 ? [asIs, [createSecretKey(other), !isBase64]] : [asIs];
}

function inWords(format: string, isBase64: boolean): string {
  return `payload format ${format}, secret ${isBase64 ? "read as Base64" : "taken as text"}`;
}
