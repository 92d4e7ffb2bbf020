import "server-only";
import type { Refusal, RefusalReason } from "@/lib/credentials/refusal";
import type { Signer } from "@/lib/webhook/credentials/known";
import { hasField } from "@/lib/webhook/credentials/to-payload-parts";
import { readStamp } from "@/lib/webhook/read-stamp";

/** A signature that deserves to be computed: it has the right form, and its timestamp is of now. */
export interface SignatureClaim {
  signer: Signer;
  signature: Buffer;
  /** As sent; empty where the payload has none. */
  timestamp: string;
  messageId: string;
}

const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const;

/** Everything about a signature that can be judged before the body is read. Null where none was sent. */
export function readSignature(
  signer: Signer,
  headers: Headers,
  nowMs: number,
): SignatureClaim | { refusal: Refusal } | null {
  const { settings, credential, payload } = signer;
  const header = settings.signatureHeader;
  const value = headers.get(header);
  if (!value) return null;
  const refuse = (reason: RefusalReason, at = header) => ({
    refusal: { reason, header: at, credentialId: credential.id },
  });

  const signature = decode(value, signer);
  if (!signature) return refuse("odd-signature");
  const timestamp = headers.get(settings.timestampHeader) ?? "";
  if (hasField(payload, "timestamp")) {
    // Its form is not documented: seconds, milliseconds and ISO are all read.
    const sentAt = readStamp(timestamp)?.getTime();
    if (sentAt === undefined) return refuse("no-timestamp", settings.timestampHeader);
    if (Math.abs(nowMs - sentAt) > settings.toleranceSeconds * 1_000) {
      return refuse("old-timestamp", settings.timestampHeader);
    }
  }
  return { signer, signature, timestamp, messageId: headers.get(settings.messageIdHeader) ?? "" };
}

function decode(value: string, { settings }: Signer): Buffer | null {
  const { signaturePrefix: prefix, encoding, algorithm } = settings;
  if (!value.startsWith(prefix)) return null;
  const offered = value.slice(prefix.length);
  const text = encoding === "hex" ? offered.toLowerCase() : offered;
  const bytes = Buffer.from(text, encoding);
  // Buffer.from passes over what does not belong; only what would be written the same way is a signature.
  return bytes.length === digestBytes[algorithm] && bytes.toString(encoding) === text ? bytes : null;
}
