import { z } from "zod";
import { isOpenAuthPath } from "@/lib/auth/schemas";
import { getAuth } from "@/lib/auth/server/better-auth";
import { clientAddress, clientAddressHeader } from "@/lib/auth/server/client-address";
import { configuredProviders } from "@/lib/auth/server/providers";
import { isReadableUrl } from "@/lib/http/readable-url";
import { bodyProblem, problem, readBody, readJson } from "@/lib/http/server/http";
import { answerOutage } from "@/lib/http/server/route";
import { canSendMail } from "@/lib/mail/server/send-mail";
import { endRevokedListening } from "@/lib/realtime/server/generation";
import { inRequest } from "@/lib/request-id";

/** Addresses, passwords, paths and tokens fit; better-auth would read any length, and keep some of it. */
const bodyLimits = { maxBytes: 16 * 1024, timeoutMs: 15_000 };

/** better-auth: signing in and out, resets, identity providers. It checks origins and counts attempts itself. */
export function GET(request: Request): Promise<Response> {
  return inRequest(request, () => answerRead(request));
}

export function POST(request: Request): Promise<Response> {
  return inRequest(request, () => answerChange(request));
}

async function answerRead(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!isOpenAuthPath("GET", pathname, configuredProviders())) return notThere();
  const { url, headers } = request;
  return (
    refuseOddUrl(request) ??
    answerOutage(() => getAuth().handler(new Request(url, { headers: withAddress(headers) })))
  );
}

async function answerChange(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/request-password-reset") && !canSendMail()) {
    return problem(404, "No mail", "E-mail is not set up on this server. Ask an admin for a reset link.");
  }
  if (!isOpenAuthPath("POST", pathname, configuredProviders())) return notThere();
  const oddUrl = refuseOddUrl(request);
  if (oddUrl) return oddUrl;
  const body = await readBody(request, bodyLimits);
  if (typeof body === "string") return bodyProblem(body, bodyLimits);
  const { url, method } = request;
  const headers = withAddress(request.headers);
  const again = () => new Request(url, { method, headers, body: new Uint8Array(body) });
  // better-auth hands what it is sent to the database as it is.
  const { refused } =
    body.length === 0 ? { refused: null } : await readJson(again(), z.record(z.string(), z.unknown()));
  if (refused) return refused;
  const response = await answerOutage(() => getAuth().handler(again()));
  // Signing out, a reset and a changed password all end sessions.
  await endRevokedListening();
  return response;
}

/** better-auth's own limits and sessions go by the same address as ours. */
function withAddress(original: Headers): Headers {
  const headers = new Headers(original);
  const address = clientAddress(original);
  if (address === null) headers.delete(clientAddressHeader);
  else headers.set(clientAddressHeader, address);
  return headers;
}

function refuseOddUrl(request: Request): Response | null {
  if (isReadableUrl(new URL(request.url))) return null;
  return problem(400, "Unreadable URL", "The path or query is not valid percent-encoded text.");
}

function notThere(): Response {
  return problem(404, "Not found", "There is no such endpoint.");
}
