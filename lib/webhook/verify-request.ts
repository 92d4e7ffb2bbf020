import "server-only";
import { hash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/**
 * Whether a delivery carries one of our secrets, as `X-Vapi-Secret` or as a Bearer token. Vapi sends
 * `x-vapi-secret: ""` when no secret is set, so a header's presence proves nothing; and with no secret configured
 * here, nobody is let in.
 */
export function verifyRequest(headers: Headers): boolean {
  const offered = [headers.get("x-vapi-secret"), readBearer(headers.get("authorization"))].filter(Boolean);
  return offered.some((secret) => env.VAPI_WEBHOOK_SECRET.some((known) => isSame(secret ?? "", known)));
}

function readBearer(authorization: string | null): string | null {
  return /^Bearer\s+(.+)$/i.exec(authorization ?? "")?.[1]?.trim() ?? null;
}

/** Compares hashes, so that neither content nor length shows in the time it takes. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}
