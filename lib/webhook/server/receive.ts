import "server-only";
import { whileAnswering } from "@/lib/answering";
import { isBodyFailure, type Rejection } from "@/lib/credentials/rejection";
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
  warnOfRejection,
} from "@/lib/credentials/server/rejections";
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
import { isBriefType } from "@/lib/webhook/server/registry";

/**
 * Authenticates a delivery by any method Vapi offers: X-Vapi-Secret, Bearer tokens in any header, HMAC signatures, our
 * own OAuth 2 tokens (lib/credentials/credential.ts). With no credential configured every delivery is rejected. Costs
 * no query; only a delivery about to be rejected waits for newer credentials, and it stays undecided while this process
 * has not yet read any from the database.
 * @param readBody returns the raw bytes, or why they could not be read. Called only when a signature must be computed
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
  const isUndecided =
    last.outcome === "rejected" && !isBodyFailure(last.rejection.reason) && !areCredentialsRead();
  return isUndecided ? { outcome: "undecided" } : last;
}

/** Far above Vapi's largest recorded body (453 KB); Vercel itself rejects bodies over 4.5 MB. Vapi gives up after 20 s. */
const bodyLimits: BodyLimits = { maxBytes: 5 * 1024 * 1024, timeoutMs: 20_000 };

/** Seconds. */
const retryAfter = { "retry-after": "2" };

export interface Answered {
  response: Response;
  /** Work that continues after the answer is sent; already settled if there is none. Never rejects. */
  later: Promise<void>;
}

/**
 * Handles one delivery, from request to response. The status is 200 whenever it is recorded or answered, malformed ones
 * included (a retry cannot fix them), and never 201: for tool calls Vapi ignores every other status.
 *
 * @param conversationUuid as it is in the URL; null where the URL has none.
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
  if (verdict.outcome === "rejected") return rejectRequest(verdict.rejection, request.headers);
  const later = new Later();
  const { id } = verdict.credential;
  if (isUseDue(id)) later.add(recordCredentialUse(id));

  const body = await readOnce();
  if (typeof body === "string") return refuseBody(body, later);
  const envelope = readEnvelope({
    body,
    conversationUuid,
    headers: request.headers,
    receivedAt,
    isBrief: isBriefType,
  });
  if (!envelope) {
    const detail = 'The body must be JSON of the form {"message": {"type": …}}.';
    return refuse(400, "Not a Vapi message", detail, later);
  }
  const { type, callId } = envelope;
  return answer(whileAnswering(receiveEvent(envelope, later)), { type, callId }, later);
}

/** Takes only what the log line needs, so the body can be garbage-collected while the event is recorded. */
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

/** Sends the same 401 for any failed authentication: the reason is shown on our own pages, not to a stranger. */
function rejectRequest(rejection: Rejection, headers: Headers): Answered {
  warnOfRejection(rejection);
  const later = new Later().add(recordRejection(rejection, headers));
  if (isBodyFailure(rejection.reason)) return refuseBody(rejection.reason, later);
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
