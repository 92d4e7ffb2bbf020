import "server-only";
import { env } from "@/lib/env";

/**
 * The URLs a sender may have meant by `{url}`: the address people reach us at, or the path alone. Never the request's
 * Host header, which the sender chooses: a delivery signed for another server would be accepted here.
 */
export function listUrls(request: Request): string[] {
  const { pathname, search } = new URL(request.url);
  const path = `${pathname}${search}`;
  return [`${env.APP_URL}${path}`, path];
}
