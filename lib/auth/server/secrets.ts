import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, in characters that are safe in URLs. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** sha256 in hex: only for secrets that are random themselves, where a slow hash would add nothing. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
