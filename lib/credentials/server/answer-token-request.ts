import "server-only";
import { hash } from "node:crypto";
import type { Credential, KnownCredentials } from "@/lib/credentials/server/credential-types";
import { isRetired } from "@/lib/credentials/server/known";
import { knownCredentials, newerCredentials } from "@/lib/credentials/server/known-credentials";
import { recordRejection } from "@/lib/credentials/server/rejections";
import {
  mintAccessToken,
  readTokenRequest,
  type TokenError,
  type TokenRequest,
  tokenLifetimeSeconds,
  unknownClient,
} from "@/lib/credentials/server/tokens";
import { type BodyLimits, bodyProblem, readBody } from "@/lib/http/server/http";
import { bytesEqual } from "@/lib/secrets";

/** Far above the size of any token request. */
const limits: BodyLimits = { maxBytes: 16 * 1024, timeoutMs: 15_000 };

/**
 * Exchanges an OAuth 2 credential's ID and secret for a token that is accepted for an hour (RFC 6749 §4.4, §5). `later`
 * settles once a rejection is counted; it never rejects.
 */
export async function answerTokenRequest(
  request: Request,
): Promise<{ response: Response; later: Promise<void> }> {
  const body = await readBody(request, limits);
  if (typeof body === "string") {
    const { status } = bodyProblem(body, limits);
    const failed = { error: "invalid_request", error_description: `The body is ${body}.` };
    return { response: answer(status, failed, { connection: "close" }), later: Promise.resolve() };
  }
  const read = readTokenRequest(request.headers, new TextDecoder().decode(body));
  const granted = "error" in read ? read : await grant(read);
  if (!("error" in granted)) return { response: answer(200, granted), later: Promise.resolve() };

  const isUnknown = granted.error === "invalid_client";
  const response = answer(isUnknown ? 401 : 400, granted);
  if (!isUnknown) return { response, later: Promise.resolve() };
  response.headers.set("www-authenticate", 'Basic realm="Earshot"');
  return { response, later: recordRejection({ reason: "wrong-client" }, request.headers) };
}

async function grant(asked: TokenRequest): Promise<TokenError | object> {
  const known = await knownCredentials();
  const credential = findClient(asked, known) ?? findClient(asked, await newerCredentials(known));
  if (!credential) return unknownClient;
  return {
    access_token: mintAccessToken(credential.id, Date.now()),
    token_type: "Bearer",
    expires_in: tokenLifetimeSeconds,
    scope: "webhook",
  };
}

/** Finds the credential of a client. During rotation a client has two secrets: two credentials with one client ID. */
function findClient(
  { clientId, clientSecret }: TokenRequest,
  known: KnownCredentials | null,
): Credential | undefined {
  const offered = hash("sha256", clientSecret, "buffer");
  return known?.clients.find(
    (client) =>
      client.clientId === clientId &&
      bytesEqual(client.secretHash, offered) &&
      !isRetired(client.credential, Date.now()),
  )?.credential;
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  const uncached = { "cache-control": "no-store", pragma: "no-cache" };
  return Response.json(body, { status, headers: { ...uncached, ...headers } });
}
