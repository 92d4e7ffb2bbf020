import "server-only";
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { Rejection, RejectionReason } from "@/lib/credentials/rejection";
import type { Signer } from "@/lib/credentials/server/credential-types";
import type { Match } from "@/lib/credentials/server/known";
import { hasField, toPayloadParts } from "@/lib/credentials/server/known-credentials";
import { env } from "@/lib/env";
import type { BodyFailure } from "@/lib/http/body-failure";
import { bytesEqual } from "@/lib/secrets";
import { readStamp } from "@/lib/webhook/server/read-stamp";

/** A signature worth computing: its format is right and its timestamp recent. */
interface SignatureClaim {
  signer: Signer;
  signature: Buffer;
  /** As sent; empty if the header is missing. */
  timestamp: string;
  messageId: string;
}

const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const;

/** Checks a signature as far as possible without the body. Null if none was sent. */
function readSignature(
  signer: Signer,
  headers: Headers,
  nowMs: number,
): SignatureClaim | { rejection: Rejection } | null {
  const { settings, credential, payload } = signer;
  const header = settings.signatureHeader;
  const value = headers.get(header);
  if (!value) return null;
  const refuse = (reason: RejectionReason, at = header) => ({
    rejection: { reason, header: at, credentialId: credential.id },
  });

  const signature = decode(value, signer);
  if (!signature) return refuse("odd-signature");
  const timestamp = headers.get(settings.timestampHeader) ?? "";
  if (hasField(payload, "timestamp")) {
    // Vapi does not document the format: seconds, milliseconds and ISO are all accepted.
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
  // Buffer.from skips invalid characters, so accept only text that encodes back to itself.
  return bytes.length === digestBytes[algorithm] && bytes.toString(encoding) === text ? bytes : null;
}

/** The parts of a request that a signature may cover. */
export interface Signed {
  timestamp: string;
  messageId: string;
  method: string;
  url: string;
  body: Uint8Array;
}

/** Computes the signature a signer would send. */
function signPayload({ key, settings, payload }: Omit<Signer, "credential">, signed: Signed): Buffer {
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

const usualFormats = ["{timestamp}.{body}", "{body}", "{svix-id}.{timestamp}.{body}", "{timestamp}{body}"];
/** Limits the up to eight extra signatures computed after a mismatch, so invalid requests cannot cost much CPU. */
const maxBodyBytes = 256 * 1024;
const pauseMs = 1_000;

let triedAt = 0;

/**
 * For a signature that does not match, returns in words a usual payload format or key reading with which it would.
 * Settings that differ between Vapi and Earshot are the most common fault, and the hardest to spot from outside.
 */
function findOtherPayload({ signer, signature, timestamp, messageId }: SignatureClaim, body: Uint8Array) {
  if (body.byteLength > maxBodyBytes || Date.now() - triedAt < pauseMs) return null;
  triedAt = Date.now();
  const { settings } = signer;
  for (const [key, isBase64] of readings(signer.key, settings.secretIsBase64)) {
    for (const format of usualFormats) {
      const signed = { timestamp, messageId, method: "POST", url: "", body };
      const digest = signPayload({ key, settings, payload: toPayloadParts(format) }, signed);
      if (bytesEqual(digest, signature)) return inWords(format, isBase64);
    }
  }
  return null;
}

/** Returns the key as read now, and as read with `secretIsBase64` inverted. */
function readings(key: KeyObject, isBase64: boolean): [KeyObject, boolean][] {
  const bytes = key.export();
  const other = isBase64 ? Buffer.from(bytes.toString("base64")) : Buffer.from(bytes.toString(), "base64");
  const asIs: [KeyObject, boolean] = [key, isBase64];
  return other.length > 0 ? [asIs, [createSecretKey(other), !isBase64]] : [asIs];
}

function inWords(format: string, isBase64: boolean): string {
  return `payload format ${format}, secret ${isBase64 ? "read as Base64" : "taken as text"}`;
}

/**
 * Returns the URLs a sender may have meant by `{url}`: our public address, or the path alone. Never the request's Host
 * header, which the sender chooses: a delivery signed for another server would be accepted here.
 */
function listUrls(request: Request): string[] {
  const { pathname, search } = new URL(request.url);
  const path = `${pathname}${search}`;
  return [`${env.APP_URL}${path}`, path];
}

/**
 * Matches HMAC signatures over the raw bytes. Reads the body only after a signature with the right format and a recent
 * timestamp, so unauthenticated requests cost little.
 * @param readBody the raw bytes, or why they could not be read
 */
export async function matchSignature(
  request: Request,
  signers: readonly Signer[],
  readBody: () => Promise<Uint8Array | BodyFailure>,
  nowMs: number,
): Promise<Match> {
  const read = signers.map((signer) => readSignature(signer, request.headers, nowMs));
  const claims = read.filter((claim): claim is SignatureClaim => claim !== null && "signature" in claim);
  const [first] = claims;
  if (!first) return read.find((rejection) => rejection !== null && "rejection" in rejection) ?? null;

  const body = await readBody();
  if (typeof body === "string") return { rejection: { reason: body } };
  const right = claims.find((claim) => isRight(claim, request, body));
  if (right) return { credential: right.signer.credential };
  const { credential, settings } = first.signer;
  const found = findOtherPayload(first, body);
  const near = { header: settings.signatureHeader, credentialId: credential.id };
  return {
    rejection: found ? { reason: "other-payload", found, ...near } : { reason: "wrong-signature", ...near },
  };
}

function isRight(
  { signer, signature, timestamp, messageId }: SignatureClaim,
  request: Request,
  body: Uint8Array,
) {
  const { method } = request;
  const urls = hasField(signer.payload, "url") ? listUrls(request) : [""];
  return urls.some((url) =>
    bytesEqual(signature, signPayload(signer, { timestamp, messageId, method, url, body })),
  );
}
