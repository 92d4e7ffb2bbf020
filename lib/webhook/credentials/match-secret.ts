import "server-only";
import { hash } from "node:crypto";
import { isSameBytes } from "@/lib/is-same-bytes";
import { isRetired } from "@/lib/webhook/credentials/is-retired";
import type { Credential, SecretSlot } from "@/lib/webhook/credentials/known";
import type { Match } from "@/lib/webhook/credentials/verdict";

/**
 * Secrets sent as they are: X-Vapi-Secret, Bearer tokens. Vapi sends `x-vapi-secret: ""` when none is set, so an empty
 * value is none. Hashes are compared, so neither content nor length shows in the time it takes. One that is retired
 * is found only if nothing else that was sent fits.
 */
export function matchSecret(headers: Headers, slots: readonly SecretSlot[], nowMs: number): Match {
  let header: string | null = null;
  let retired: Credential | null = null;
  for (const slot of slots) {
    const secret = readSecret(headers.get(slot.header), slot.hasPrefix);
    if (!secret) continue;
    header ??= slot.header;
    const digest = hash("sha256", secret, "buffer");
    const known = slot.secrets.find((candidate) => isSameBytes(candidate.hash, digest))?.credential;
    if (known && !isRetired(known, nowMs)) return { credential: known };
    retired ??= known ?? null;
  }
  if (retired) return { credential: retired };
  return header === null ? null : { refusal: { reason: "wrong-secret", header } };
}

/** What follows the word Bearer, or the whole value where no prefix is expected. Null when there is nothing. */
export function readSecret(value: string | null, hasPrefix: boolean): string | null {
  if (!hasPrefix) return value || null;
  return /^Bearer +(\S.*)$/i.exec(value ?? "")?.[1] ?? null;
}
