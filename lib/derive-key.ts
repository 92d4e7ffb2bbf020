import "server-only";
import { hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

const keys = new Map<string, Buffer>();

/**
 * A 256-bit key for one purpose, from BETTER_AUTH_SECRET by HKDF-SHA256 (RFC 5869): keys of different purposes tell
 * nothing of one another, and every instance has the same.
 */
export function deriveKey(purpose: string): Buffer {
  const known = keys.get(purpose);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", env.BETTER_AUTH_SECRET, "", `earshot: ${purpose}`, 32));
  keys.set(purpose, key);
  return key;
}
