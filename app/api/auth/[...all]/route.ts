import { isOpenAuthPath } from "@/lib/auth/auth-paths";
import { getAuth } from "@/lib/auth/get-auth";
import { problem } from "@/lib/http/problem";

/** better-auth: signing in and out, resets, identity providers. It checks origins and counts attempts itself. */
export async function GET(request: Request): Promise<Response> {
  return isOpenAuthPath("GET", new URL(request.url).pathname) ? getAuth().handler(request) : notThere();
}

export async function POST(request: Request): Promise<Response> {
  return isOpenAuthPath("POST", new URL(request.url).pathname) ? getAuth().handler(request) : notThere();
}

function notThere(): Response {
  return problem(404, "Not found", "There is no such endpoint.");
}
