import { isOpenAuthPath } from "@/lib/auth/auth-paths";
import { getAuth } from "@/lib/auth/get-auth";
import { problem } from "@/lib/http/problem";
import { canSendMail } from "@/lib/mail/send-mail";
import { endRevokedListening } from "@/lib/realtime/generation";

/** better-auth: signing in and out, resets, identity providers. It checks origins and counts attempts itself. */
export async function GET(request: Request): Promise<Response> {
  return isOpenAuthPath("GET", new URL(request.url).pathname) ? getAuth().handler(request) : notThere();
}

export async function POST(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/request-password-reset") && !canSendMail) {
    return problem(404, "No mail", "This Earshot sends no mail. Ask an admin for a reset link.");
  }
  if (!isOpenAuthPath("POST", pathname)) return notThere();
  const response = await getAuth().handler(request);
  // Signing out, a reset and a changed password all end sessions.
  await endRevokedListening();
  return response;
}

function notThere(): Response {
  return problem(404, "Not found", "There is no such endpoint.");
}
