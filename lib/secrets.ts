import "server-only";
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

const keys = new Map<string, Buffer>();

/**
 * Derives a 256-bit key for one purpose from BETTER_AUTH_SECRET by HKDF-SHA256 (RFC 5869). Keys for different purposes
 * reveal nothing about each other, and every instance derives the same ones.
 */
export function deriveKey(purpose: string): Buffer {
  const known = keys.get(purpose);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", env.BETTER_AUTH_SECRET, "", `earshot: ${purpose}`, 32));
  keys.set(purpose, key);
  return key;
}

/** Whether two byte arrays of any length are equal. Constant-time, so that timing does not show where they differ. */
export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret for storage in the database: AES-256-GCM under a key derived from BETTER_AUTH_SECRET.
 * @param owner the id of the row it belongs to; it cannot be opened for any other row
 */
export function sealSecret(secret: string, owner: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, deriveKey("sealed secrets"), nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
}

/** Decrypts a secret; null if it was sealed for another row or under another BETTER_AUTH_SECRET, or is damaged. */
export function openSecret(sealed: string, owner: string): string | null {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < nonceBytes + tagBytes) return null;
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, deriveKey("sealed secrets"), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
  } catch {
    // GCM only reports that authentication failed, not why.
    return null;
  }
}

/** Whether a row's secret can still be opened (true if it has none). False once BETTER_AUTH_SECRET has changed. */
export function isReadable(sealed: string | null, owner: string): boolean {
  return sealed === null || openSecret(sealed, owner) !== null;
}

/**
 * Returns a UUID (version 8, RFC 9562 §5.8: 122 bits of SHA-256) that is the same for the same parts in the same order.
 * A missing part counts as the empty string.
 */
export function hashToUuid(...parts: (string | number | null | undefined)[]): string {
  const digest = hash("sha256", parts.map((part) => String(part ?? "")).join("\u001f"), "hex");
  const variant = "89ab"[Number.parseInt(digest.charAt(16), 16) & 3];
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}
