import "server-only";
import { clientAddress, isWithin } from "@/lib/auth/server/client-address";
import type { Refusal } from "@/lib/credentials/refusal";
import type { BodyFailure } from "@/lib/http/read-body";
import { findMisplacedSecret } from "@/lib/webhook/credentials/find-misplaced-secret";
import { isRetired } from "@/lib/webhook/credentials/is-retired";
import type { Credential, KnownCredentials } from "@/lib/webhook/credentials/known";
import { matchSecret } from "@/lib/webhook/credentials/match-secret";
import { matchSignature } from "@/lib/webhook/credentials/match-signature";
import { matchToken } from "@/lib/webhook/credentials/match-token";

import { refused, type Verdict } from "@/lib/webhook/credentials/verdict";

/**
 * One delivery against what is known. Pure but for the reading of the body.
 * @param readBody only asked for when a signature has to be computed
 * @param nowMs epoch ms
 */
export async function judgeRequest(
  request: Request,
  known: KnownCredentials,
  readBody: () => Promise<Uint8Array | BodyFailure>,
  nowMs: number,
): Promise<Verdict> {
  const { headers } = request;
  const secret = matchSecret(headers, known.slots, nowMs);
  if (secret && "credential" in secret) return admit(secret.credential, headers, known, nowMs);
  const token = matchToken(headers, known.clients, nowMs);
  if (token && "credential" in token) return admit(token.credential, headers, known, nowMs);
  const signature = await matchSignature(request, known.signers, readBody, nowMs);
  if (signature && "credential" in signature) return admit(signature.credential, headers, known, nowMs);
  // Of several things that do not fit, the one that took most effort to send was meant.
  return refused(signature?.refusal ?? token?.refusal ?? explain(headers, known, secret?.refusal));
}

function admit(
  credential: Credential,
  headers: Headers,
  { ranges }: KnownCredentials,
  nowMs: number,
): Verdict {
  const credentialId = credential.id;
  if (isRetired(credential, nowMs)) return refused({ reason: "retired-credential", credentialId });
  if (ranges || credential.ranges) {
    const address = clientAddress(headers);
    const isAllowed = [ranges, credential.ranges].every((some) => !some || isWithin(some, address));
    if (!isAllowed) return refused({ reason: "wrong-address", credentialId });
  }
  return { outcome: "admitted", credential };
}

/** Why nothing fitted, when nothing but secrets, or nothing at all, was sent. */
function explain(headers: Headers, known: KnownCredentials, wrong: Refusal | undefined): Refusal {
  const misplaced = findMisplacedSecret(headers, known.slots);
  if (misplaced) return misplaced;
  const unreadable = known.unreadable.find(({ header }) => headers.get(header));
  if (unreadable) {
    return { reason: "unreadable-key", header: unreadable.header, credentialId: unreadable.credential.id };
  }
  if (wrong) return wrong;
  const isEmpty = [known.slots, known.signers, known.clients].every((list) => list.length === 0);
  return { reason: isEmpty ? "none-configured" : "nothing-sent" };
}
