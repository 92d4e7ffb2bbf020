import { z } from "zod";
import { isOpenAuthPath, signInProblem } from "@/lib/auth/schemas";
import { getAuth, getOidcAuth } from "@/lib/auth/server/better-auth";
import { clientAddress, clientAddressHeader } from "@/lib/auth/server/client-address";
import { isOidcConfigured, oidcProvider } from "@/lib/auth/server/oidc";
import { configuredProviders } from "@/lib/auth/server/providers";
import { env } from "@/lib/env";
import { bodyProblem, problem, readBody, readJson } from "@/lib/http/server/http";
import { answerOutage } from "@/lib/http/server/route";
import { isReadableUrl } from "@/lib/http/urls";
import { log } from "@/lib/log";
import { canSendMail } from "@/lib/mail/server/send-mail";
import { endRevokedListening } from "@/lib/realtime/server/generation";
import { inRequest } from "@/lib/request-id";

/**
 * Enough for addresses, passwords, paths and tokens; better-auth would read bodies of any length and store parts of them.
 */
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
  if (!isOpenAuthPath("GET", pathname, providerIds())) return notThere();
  const { url, headers } = request;
  const oddUrl = refuseOddUrl(request);
  if (oddUrl) return oddUrl;
  const again = () => new Request(url, { headers: withAddress(headers) });
  if (!pathname.endsWith(`/callback/${oidcProvider}`)) {
    return answerOutage(() => getAuth().handler(again()));
  }
  const response = await answerOutage(() => askOidc(again, () => backToSignIn("provider_unreachable")));
  // The provider's answer may have changed a role.
  await endRevokedListening();
  return response;
}

/** Passes a request to the better-auth instance that knows the OpenID Connect provider. */
async function askOidc(request: () => Request, unreachable: () => Response): Promise<Response> {
  const auth = await getOidcAuth().catch((cause: unknown) => {
    log("warn", "the OpenID Connect provider could not be reached", { error: cause });
    return null;
  });
  return auth ? auth.handler(request()) : unreachable();
}

function backToSignIn(error: string): Response {
  return new Response(null, { status: 302, headers: { location: `${env.APP_URL}/sign-in?error=${error}` } });
}

function providerIds(): string[] {
  return configuredProviders().map(({ id }) => id);
}

async function answerChange(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/request-password-reset") && !canSendMail()) {
    return problem(
      404,
      "E-mail not set up",
      "E-mail is not set up on this server. Ask an admin for a reset link.",
    );
  }
  if (!isOpenAuthPath("POST", pathname, providerIds())) return notThere();
  const oddUrl = refuseOddUrl(request);
  if (oddUrl) return oddUrl;
  const body = await readBody(request, bodyLimits);
  if (typeof body === "string") return bodyProblem(body, bodyLimits);
  const { url, method } = request;
  const headers = withAddress(request.headers);
  const again = () => new Request(url, { method, headers, body: new Uint8Array(body) });
  // Checked first, because better-auth passes the body to the database as it is.
  const sent = body.length === 0 ? null : await readJson(again(), z.record(z.string(), z.unknown()));
  if (sent?.refused) return sent.refused;
  const isForOidc = pathname.endsWith("/sign-in/social") && sent?.value.provider === oidcProvider;
  const response = await answerOutage(() =>
    isForOidc && isOidcConfigured()
      ? askOidc(again, () => problem(503, "Provider unreachable", signInProblem("provider_unreachable")))
      : getAuth().handler(again()),
  );
  // Signing out, a reset and a changed password all end sessions.
  await endRevokedListening();
  return response;
}

/** Gives better-auth's limits and sessions the same client address as ours. */
function withAddress(original: Headers): Headers {
  const headers = new Headers(original);
  const address = clientAddress(original);
  if (address === null) headers.delete(clientAddressHeader);
  else headers.set(clientAddressHeader, address);
  return headers;
}

function refuseOddUrl(request: Request): Response | null {
  if (isReadableUrl(new URL(request.url))) return null;
  return problem(400, "Invalid URL", "The path or query is not valid percent-encoding.");
}

function notThere(): Response {
  return problem(404, "Not found", "Endpoint not found.");
}
