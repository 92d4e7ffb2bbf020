import type { NextRequest } from "next/server";

/**
 * Runs before every page. Next loads this file before its first response, even to a webhook, so the code that pages need is
 * loaded only with the first page.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { guardPage } = await import("@/lib/http/server/guard-page");
  return guardPage(request);
}

/** Pages only: with /api in the path, Next would buffer bodies and cut them at 256 KB (next.config.mjs). */
export const config = {
  matcher: [
    "/((?!api(?:/|$)|metrics$|_next/static|_next/image|[\\w./-]*\\.(?:ico|svg|png|js|webmanifest|txt|mp3|wav|woff2)$).*)",
  ],
};
