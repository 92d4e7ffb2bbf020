import "server-only";
import { hash } from "node:crypto";
import type { Refusal } from "@/lib/credentials/refusal";
import { isSameBytes } from "@/lib/is-same-bytes";
import type { SecretSlot } from "@/lib/webhook/credentials/known";

/** Vapi's own headers and a handful of a proxy's; more are somebody else's affair. */
const maxHeaders = 60;

/** A known secret in a place where it is not looked for: another header, or with a prefix too much or too few. */
export function findMisplacedSecret(headers: Headers, slots: readonly SecretSlot[]): Refusal | null {
  const secrets = slots.flatMap((slot) => slot.secrets);
  if (secrets.length === 0) return null;
  for (const [header, value] of [...headers].slice(0, maxHeaders)) {
    if (value.length < 8 || value.length > 600) continue;
    const digest = hash("sha256", value.replace(/^[a-z]+ +/i, ""), "buffer");
    const known = secrets.find((secret) => isSameBytes(secret.hash, digest));
    if (known) return { reason: "misplaced-secret", header, credentialId: known.credential.id };
  }
  return null;
}
