import "server-only";
import { env } from "@/lib/env";

/**
 * The URLs a sender may have meant by `{url}`: what we see behind a proxy need not be what Vapi was told. The one
 * people reach us at comes first; then as the request says, by its Host, and the path alone.
 */
export function listUrls(request: Request): string[] {
  const { pathname, search, href } = new URL(request.url);
  const path = `${pathname}${search}`;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  const urls = [`${env.APP_URL}${path}`, href, ...(host ? [`https://${host}${path}`] : []), path];
  return [...new Set(urls)];
}
