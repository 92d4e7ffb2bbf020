import "server-only";
import { isBodyFailure } from "@/lib/credentials/refusal";
import type { Verdict } from "@/lib/credentials/server/known";
import {
  areCredentialsRead,
  knownCredentials,
  newerCredentials,
} from "@/lib/credentials/server/known-credentials";
import { judgeRequest } from "@/lib/credentials/server/verify";
import type { BodyFailure } from "@/lib/http/server/read-body";

/**
 * Whether a delivery is let in, by everything Vapi can send: X-Vapi-Secret, Bearer tokens in any header, HMAC
 * signatures, OAuth 2 tokens of ours (lib/credentials/credential-settings.ts). With nothing configured nobody is.
 * Costs no query; only whoever is about to be refused waits for newer credentials, and is not refused while the database
 * has told of none since this process began.
 * @param readBody the raw bytes; or why they could not be read. Asked for only when a signature must be computed
 */
export async function verifyRequest(
  request: Request,
  readBody: () => Promise<Uint8Array | BodyFailure>,
): Promise<Verdict> {
  const known = await knownCredentials();
  const verdict = await judgeRequest(request, known, readBody, Date.now());
  if (verdict.outcome === "admitted") return verdict;
  const newer = await newerCredentials(known);
  const last = newer ? await judgeRequest(request, newer, readBody, Date.now()) : verdict;
  const isTurnedAwayBlindly =
    last.outcome === "refused" && !isBodyFailure(last.refusal.reason) && !areCredentialsRead();
  return isTurnedAwayBlindly ? { outcome: "undecided" } : last;
}
