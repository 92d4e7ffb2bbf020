import "server-only";
import { whileAnswering } from "@/lib/answering";
import { isBodyFailure, type Refusal } from "@/lib/credentials/refusal";
import type { Verdict } from "@/lib/credentials/server/known";
import {
  areCredentialsRead,
  knownCredentials,
  newerCredentials,
} from "@/lib/credentials/server/known-credentials";
import {
  isUseDue,
  recordCredentialUse,
  recordRejection,
  warnOfRefusal,
} from "@/lib/credentials/server/refusals";
import { authenticateRequest } from "@/lib/credentials/server/verify";
import type { BodyFailure } from "@/lib/http/body-failure";
import { type BodyLimits, bodyProblem, problem, readBody } from "@/lib/http/server/http";
import { logRepeated } from "@/lib/log-repeated";
import { readUuid } from "@/lib/read-uuid";
import { inRequest } from "@/lib/request-id";
import { noticeSilenceWithTraffic } from "@/lib/tick/server/with-traffic";
import type { Reply } from "@/lib/webhook/server/define-event";
import { type Envelope, readEnvelope } from "@/lib/webhook/server/envelope";
import { Later, receiveEvent } from "@/lib/webhook/server/receive-event";

/**
 * Whether a delivery is let in, by everything Vapi can send: X-Vapi-Secret, Bearer tokens in any header, HMAC
 * signatures, OAuth 2 tokens of ours (lib/credentials/credential.ts). With nothing configured nobody is.
 * Costs no query; only whoever is about to be refused waits for newer credentials, and is not refused while the database
 * has told of none since this process began.
 * @param readBody the raw bytes; or why they could not be read. Asked for only when a signature must be computed
 */
export async function verifyRequest(
  request: Request,
  readBody: () => Promise<Uint8Array | BodyFailure>,
): Promise<Verdict> {
  const known = await knownCredentials();
  const verdict = await authenticateRequest(request, known, readBody, Date.now());
  if (verdict.outcome === "admitted") return verdict;
  const newer = await newerCredentials(known);
  const last = newer ? await authenticateRequest(request, newer, readBody, Date.now()) : verdict;
  const isTurnedAwayBlindly =
    last.outcome === "refused" && !isBodyFailure(last.refusal.reason) && !areCredentialsRead();
  return isTurnedAwayBlindly ? { outcome: "undecided" } : last;
}

/** Above Vapi's largest recorded body (453 KB) by far; Vercel itself cuts at 4.5 MB. Vapi gives up after 20 s. */
const bodyLimits: BodyLimits = { maxBytes: 5 * 1024 * 1024, timeoutMs: 20_000 };

/** Seconds. */
const retryAfter = { "retry-after": "2" };

export interface Answered {
  response: Response;
  /** What goes on after the answer has left; settled at once where nothing does. Never rejects. */
  later: Promise<void>;
}

/**
 * One delivery, from request to response. 200 whenever it is kept or answered, malformed ones included (a resend
 * cannot mend them), and never 201: for tool calls Vapi ignores every other status.
 *
 * @param conversationUuid as it stands in the URL; null where the URL has none.
 */
export function answerDelivery(request: Request, conversationUuid: string | null): Promise<Answered> {
  const receivedAt = new Date();
  return inRequest(request, () => answerAt(receivedAt, request, conversationUuid));
}

async function answerAt(
  receivedAt: Date,
  request: Request,
  conversationUuid: string | null,
): Promise<Answered> {
  if (conversationUuid !== null && readUuid(conversationUuid) === null) {
    return refuse(404, "No such conversation", "The last part of a webhook URL is the conversation's UUID.");
  }
  let reading: Promise<Uint8Array | BodyFailure> | null = null;
  const readOnce = () => (reading ??= readBody(request, bodyLimits));

  const verdict = await verifyRequest(request, readOnce);
  if (verdict.outcome === "undecided") {
    const detail = "Credentials could not be checked, and nothing was stored. Send it again.";
    return refuse(503, "Cannot check credentials", detail, undefined, retryAfter);
  }
  if (verdict.outcome === "refused") return turnAway(verdict.refusal, request.headers);
  const later = new Later();
  const { id } = verdict.credential;
  if (isUseDue(id)) later.add(recordCredentialUse(id));

  const body = await readOnce();
  if (typeof body === "string") return refuseBody(body, later);
  const envelope = readEnvelope({ body, conversationUuid, headers: request.headers, receivedAt });
  if (!envelope) {
    const detail = 'The body must be JSON of the form {"message": {"type": …}}.';
    return refuse(400, "Not a Vapi message", detail, later);
  }
  const { type, callId } = envelope;
  return answer(whileAnswering(receiveEvent(envelope, later)), { type, callId }, later);
}

/** Is not told the event itself: while it waits, a body would outlive the collections of young garbage, and cost most there. */
async function answer(
  receiving: Promise<Reply>,
  about: Pick<Envelope, "type" | "callId">,
  later: Later,
): Promise<Answered> {
  try {
    const response = Response.json(await receiving);
    return { response, later: later.add(noticeSilenceWithTraffic()).done() };
  } catch (cause) {
    logRepeated("error", "an event was not recorded", { ...about, error: cause });
    const detail = "The event could not be recorded. Send it again.";
    return refuse(503, "Cannot record", detail, later, retryAfter);
  }
}

/** Says the same whatever was wrong: what it was stands on our own pages, not in an answer to a stranger. */
function turnAway(refusal: Refusal, headers: Headers): Answered {
  warnOfRefusal(refusal);
  const later = new Later().add(recordRejection(refusal, headers));
  if (isBodyFailure(refusal.reason)) return refuseBody(refusal.reason, later);
  const detail = "No webhook credential matches. The setup check shows what arrived and what to change.";
  return refuse(401, "Unauthorized", detail, later);
}

function refuseBody(failure: BodyFailure, later: Later): Answered {
  return { response: bodyProblem(failure, bodyLimits), later: later.done() };
}

function refuse(
  status: number,
  title: string,
  detail: string,
  later = new Later(),
  headers?: HeadersInit,
): Answered {
  return { response: problem(status, title, detail, headers), later: later.done() };
}
