import "server-only";
import { hash } from "node:crypto";
import { addressRangesSchema } from "@/lib/credentials/credential";
import type { Refusal } from "@/lib/credentials/refusal";
import type { Credential, SecretSlot } from "@/lib/credentials/server/own-known";
import { bytesEqual } from "@/lib/secrets";
import { defineSetting } from "@/lib/settings/setting";

/** Whether a credential was revoked, or has expired, at a moment (epoch ms). */
export function isRetired({ retiresAt }: Credential, nowMs: number): boolean {
  return retiresAt !== null && retiresAt <= nowMs;
}

/** Whether a delivery is let in: by which credential, or why not; or nobody can tell, for who may come in is not known. */
export type Verdict =
  | { outcome: "admitted"; credential: Credential }
  | { outcome: "undecided" }
  | { outcome: "refused"; refusal: Refusal };

/** What one way of proving oneself makes of a delivery: it fits, it does not and why, or it was not tried (null). */
export type Match = { credential: Credential } | { refusal: Refusal } | null;

/** A verdict, a match: the negative one. */
export function refused(refusal: Refusal): { outcome: "refused"; refusal: Refusal } {
  return { outcome: "refused", refusal };
}

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
    const known = slot.secrets.find((candidate) => bytesEqual(candidate.hash, digest))?.credential;
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

/** Where deliveries are taken from, whatever they prove themselves with. */
export const webhookAddressesSetting = defineSetting("webhook-addresses", addressRangesSchema, []);
