import "server-only";
import { createHash } from "node:crypto";

/** sha256 in hex: for secrets that are random themselves, where a slow hash would add nothing. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
