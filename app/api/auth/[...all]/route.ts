import { isOpenAuthPath } from "@/lib/auth/auth-paths";
import { configuredProviders } from "@/lib/auth/configured-providers";
import { getAuth } from "@/lib/auth/get-auth";
import { problem } from "@/lib/http/problem";
import { bodyProblem, readBody } from "@/lib/http/read-body";
import { canSendMail } from "@/lib/mail/send-mail";

/** Addresses, passwords, paths and tokens fit; better-auth would read any length, and keep some of it. */
const bodyLimits = { maxBytes: 16 * 1024, timeoutMs: 15_000 };

/** better-auth: signing in and out, resets, identity providers. It checks origins and counts attempts itself. */
export async function GET(request: Request): Promise<Response> {
  return isOpenAuthPath("GET", new URL(request.url).pathname, configuredProviders())
    ? getAuth().handler(request)
    : notThere();
}

export async function POST(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/request-password-reset") && !canSendMail) {
    return problem(404, "No mail", "This Earshot sends no mail. Ask an admin for a reset link.");
  }
  if (!isOpenAuthPath("POST", pathname, configuredProviders())) return notThere();
  const body = await readBody(request, bodyLimits);
  if (typeof body === "string") return bodyProblem(body, bodyLimits);
  const { url, method, headers } = request;
  return getAuth().handler(new Request(url, { method, headers, body: new Uint8Array(body) }));
}

function notThere(): Response {
  return problem(404, "Not found", "There is no such endpoint.");
}
