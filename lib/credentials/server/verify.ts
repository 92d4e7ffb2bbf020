import "server-only";
import { hash } from "node:crypto";
import { clientAddress, isWithin } from "@/lib/auth/server/client-address";
import type { Rejection } from "@/lib/credentials/rejection";
import type { Credential, KnownCredentials, SecretSlot } from "@/lib/credentials/server/credential-types";
import { isRetired, matchSecret, rejected, type Verdict } from "@/lib/credentials/server/known";
import { matchSignature } from "@/lib/credentials/server/signature";
import { matchToken } from "@/lib/credentials/server/tokens";
import type { BodyFailure } from "@/lib/http/body-failure";
import { bytesEqual } from "@/lib/secrets";

/** Vapi's own headers and a handful added by proxies; any beyond are ignored. */
const maxHeaders = 60;

/** Finds a known secret in the wrong place: another header, or with or without a prefix contrary to its settings. */
function findMisplacedSecret(headers: Headers, slots: readonly SecretSlot[]): Rejection | null {
  const secrets = slots.flatMap((slot) => slot.secrets);
  if (secrets.length === 0) return null;
  for (const [header, value] of [...headers].slice(0, maxHeaders)) {
    if (value.length < 8 || value.length > 600) continue;
    const digest = hash("sha256", value.replace(/^[a-z]+ +/i, ""), "buffer");
    const known = secrets.find((secret) => bytesEqual(secret.hash, digest));
    if (known) return { reason: "misplaced-secret", header, credentialId: known.credential.id };
  }
  return null;
}

/**
 * Authenticates a request against the known credentials. Pure except for reading the body.
 * @param readBody called only when a signature has to be computed
 * @param nowMs epoch ms
 */
export async function authenticateRequest(
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
  // Of several attempts that fail, report the one that took the most effort to send.
  const isSigned = signature && signature.rejection.reason !== "wrong-signature";
  if (isSigned) return rejected(signature.rejection);
  return rejected(
    findUnreadable(headers, known) ??
      signature?.rejection ??
      token?.rejection ??
      explain(headers, known, secret?.rejection),
  );
}

function admit(
  credential: Credential,
  headers: Headers,
  { ranges }: KnownCredentials,
  nowMs: number,
): Verdict {
  const credentialId = credential.id;
  if (isRetired(credential, nowMs)) return rejected({ reason: "retired-credential", credentialId });
  if (ranges || credential.ranges) {
    const address = clientAddress(headers);
    const isAllowed = [ranges, credential.ranges].every((some) => !some || isWithin(some, address));
    if (!isAllowed) return rejected({ reason: "wrong-address", credentialId });
  }
  return { outcome: "admitted", credential };
}

/** Finds a signature that may belong to a key that cannot be read. */
function findUnreadable(headers: Headers, { unreadable }: KnownCredentials): Rejection | null {
  const found = unreadable.find(({ header }) => headers.get(header));
  return found ? { reason: "unreadable-key", header: found.header, credentialId: found.credential.id } : null;
}

/** Explains a request that sent nothing, or only secrets that do not match. */
function explain(headers: Headers, known: KnownCredentials, wrong: Rejection | undefined): Rejection {
  const misplaced = findMisplacedSecret(headers, known.slots);
  if (misplaced) return misplaced;
  if (wrong) return wrong;
  const isEmpty = [known.slots, known.signers, known.clients].every((list) => list.length === 0);
  return { reason: isEmpty ? "none-configured" : "nothing-sent" };
}
