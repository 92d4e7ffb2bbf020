import { createHash } from "node:crypto";

/**
 * The headers of a delivery as recorded in January 2026. `x-vapi-secret` is always there, empty when no secret is set.
 *
 * @param callId null for messages about no call
 */
export function vapiHeaders(callId: string | null, secret: string, body: Uint8Array): Record<string, string> {
  const trace = createHash("md5")
    .update(callId ?? "")
    .digest("hex");
  return {
    "user-agent": "axios/1.8.3",
    accept: "application/json, text/plain, */*",
    "accept-encoding": "identity",
    baggage: `sentry-environment=production,sentry-trace_id=${trace}`,
    "content-type": "application/json",
    "content-length": String(body.byteLength),
    ...(callId && { cookie: `callId=${callId}`, "x-call-id": callId }),
    "sentry-trace": `${trace}-${trace.slice(0, 16)}`,
    "x-vapi-secret": secret,
  };
}
