import "server-only";
import { getSessionCookie } from "better-auth/cookies";
import { type NextRequest, NextResponse } from "next/server";
import { findPageAccess } from "@/lib/auth/permissions";
import { cookiePrefix, requestedPathHeader, signInPath } from "@/lib/auth/schemas";
import { env } from "@/lib/env";
import { problem } from "@/lib/http/server/http";
import { contentSecurityPolicy, securityHeaders } from "@/lib/http/server/policy";
import { isReadableUrl } from "@/lib/http/urls";
import { pusherOrigins, readRealtimeSettings } from "@/lib/realtime/server/settings";

/** No page reads a body. As much as Next buffers of a body without a declared length (next.config.mjs). */
const maxBodyBytes = 256 * 1024;

/** Next would render a page for any method, even PROPFIND. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/**
 * Runs before every page. Requests without a session cookie are redirected to the sign-in page, and each answer gets a policy with
 * its own nonce. A cookie alone grants no access: each page checks the session in the database (requireUser).
 */
export function guardPage(request: NextRequest): Response {
  const { pathname, search } = request.nextUrl;
  if (!isReadableUrl(new URL(request.url))) {
    return problem(400, "Invalid URL", "The path or query is not valid percent-encoding.");
  }
  if (!methods.has(request.method)) {
    const detail = `Pages only accept ${[...methods].join(", ")}.`;
    return problem(405, "Method not allowed", detail, { allow: [...methods].join(", ") });
  }
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) {
    const detail = `The body can have up to ${maxBodyBytes / 1024} KB.`;
    return problem(413, "Too large", detail, { connection: "close" });
  }
  const session = getSessionCookie(request, { cookiePrefix: cookiePrefix(env.APP_URL) });
  if (findPageAccess(pathname) !== "public" && !session) {
    return NextResponse.redirect(new URL(signInPath(`${pathname}${search}`), env.APP_URL));
  }
  const isHttps = env.APP_URL.startsWith("https:");
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({
    nonce,
    connectTo: pusherOrigins(readRealtimeSettings()),
    isDevelopment: env.NODE_ENV === "development",
    isHttps,
  });

  const headers = new Headers(request.headers);
  headers.set(requestedPathHeader, `${pathname}${search}`);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(securityHeaders(isHttps))) response.headers.set(name, value);
  return response;
}
