import "server-only";
import { hash } from "node:crypto";
import { addressRangesSchema } from "@/lib/credentials/credential";
import type { Rejection } from "@/lib/credentials/rejection";
import type { Credential, SecretSlot } from "@/lib/credentials/server/credential-types";
import { bytesEqual } from "@/lib/secrets";
import { defineSetting } from "@/lib/settings/setting";

/** Whether a credential is revoked or expired at a moment (epoch ms). */
export function isRetired({ retiresAt }: Credential, nowMs: number): boolean {
  return retiresAt !== null && retiresAt <= nowMs;
}

/**
 * The result of authentication: accepted by a credential, rejected for a reason, or undecided because the credentials
 * have not been read yet.
 */
export type Verdict =
  | { outcome: "admitted"; credential: Credential }
  | { outcome: "undecided" }
  | { outcome: "rejected"; rejection: Rejection };

/** The result of one authentication method: it matches, it fails for a reason, or it was not tried (null). */
export type Match = { credential: Credential } | { rejection: Rejection } | null;

/** Builds the rejecting verdict. */
export function rejected(rejection: Rejection): { outcome: "rejected"; rejection: Rejection } {
  return { outcome: "rejected", rejection };
}

/**
 * Matches secrets sent verbatim: X-Vapi-Secret and Bearer tokens. Vapi sends `x-vapi-secret: ""` when none is set, so
 * an empty value counts as none. Compares hashes, so the time taken reveals neither content nor length. A retired
 * credential is returned only if nothing else that was sent matches.
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
  return header === null ? null : { rejection: { reason: "wrong-secret", header } };
}

/** Returns the text after `Bearer`, or the whole value if no prefix is expected. Null if there is none. */
export function readSecret(value: string | null, hasPrefix: boolean): string | null {
  if (!hasPrefix) return value || null;
  return /^Bearer +(\S.*)$/i.exec(value ?? "")?.[1] ?? null;
}

/** The addresses deliveries are accepted from, regardless of credential. */
export const webhookAddressesSetting = defineSetting("webhook-addresses", addressRangesSchema, []);
