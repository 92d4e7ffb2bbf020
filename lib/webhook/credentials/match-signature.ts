import "server-only";
import type { BodyFailure } from "@/lib/http/read-body";
import { isSameBytes } from "@/lib/is-same-bytes";
import { findOtherPayload } from "@/lib/webhook/credentials/find-other-payload";
import type { Signer } from "@/lib/webhook/credentials/known";
import { listUrls } from "@/lib/webhook/credentials/list-urls";
import { readSignature, type SignatureClaim } from "@/lib/webhook/credentials/read-signature";
import { signPayload } from "@/lib/webhook/credentials/sign-payload";
import { hasField } from "@/lib/webhook/credentials/to-payload-parts";
import type { Match } from "@/lib/webhook/credentials/verdict";

/**
 * HMAC signatures over the raw bytes. The body is read only once a signature of the right form with a timestamp of now
 * is there: a stranger without one costs us nothing.
 * @param readBody the raw bytes, or why they could not be read
 */
export async function matchSignature(
  request: Request,
  signers: readonly Signer[],
  readBody: () => Promise<Uint8Array | BodyFailure>,
  nowMs: number,
): Promise<Match> {
  const read = signers.map((signer) => readSignature(signer, request.headers, nowMs));
  const claims = read.filter((claim): claim is SignatureClaim => claim !== null && "signature" in claim);
  const [first] = claims;
  if (!first) return read.find((refusal) => refusal !== null && "refusal" in refusal) ?? null;

  const body = await readBody();
  if (typeof body === "string") return { refusal: { reason: body } };
  const right = claims.find((claim) => isRight(claim, request, body));
  if (right) return { credential: right.signer.credential };
  const { credential, settings } = first.signer;
  const found = findOtherPayload(first, body);
  const near = { header: settings.signatureHeader, credentialId: credential.id };
  return {
    refusal: found ? { reason: "other-payload", found, ...near } : { reason: "wrong-signature", ...near },
  };
}

function isRight(
  { signer, signature, timestamp, messageId }: SignatureClaim,
  request: Request,
  body: Uint8Array,
) {
  const { method } = request;
  const urls = hasField(signer.payload, "url") ? listUrls(request) : [""];
  return urls.some((url) =>
    isSameBytes(signature, signPayload(signer, { timestamp, messageId, method, url, body })),
  );
}
