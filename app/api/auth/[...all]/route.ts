import { z } from "zod";
import { isOpenAuthPath } from "@/lib/auth/auth-paths";
import { getAuth } from "@/lib/auth/get-auth";
import { isReadableUrl } from "@/lib/http/is-readable-url";
import { problem } from "@/lib/http/problem";
import { readJson } from "@/lib/http/read-json";
import { canSendMail } from "@/lib/mail/send-mail";

/** better-auth: signing in and out, resets, identity providers. It checks origins and counts attempts itself. */
export async function GET(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!isOpenAuthPath("GET", pathname)) return notThere();
  return (await refuseOdd(request)) ?? getAuth().handler(request);
}

export async function POST(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/request-password-reset") && !canSendMail) {
    return problem(404, "No mail", "This Earshot sends no mail. Ask an admin for a reset link.");
  }
  if (!isOpenAuthPath("POST", pathname)) return notThere();
  return (await refuseOdd(request)) ?? getAuth().handler(request);
}

/** better-auth hands what it is sent to the database as it is. */
async function refuseOdd(request: Request): Promise<Response | null> {
  if (!isReadableUrl(new URL(request.url))) {
    return problem(400, "Unreadable URL", "The path or query is not valid percent-encoded text.");
  }
  if ((await request.clone().text()) === "") return null;
  return (await readJson(request.clone(), z.record(z.string(), z.unknown()))).refused;
}

function notThere(): Response {
  return problem(404, "Not found", "There is no such endpoint.");
}
