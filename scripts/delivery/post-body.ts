import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { UsageError } from "@/scripts/local/cli/read-options";
import { readLocalSecrets } from "@/scripts/local/stack/environment";

/**
 * Returns the URL to which a conversation's deliveries are posted.
 *
 * @param base Earshot's address (`http://localhost:3000`) or its webhook's, with or without a conversation
 * @param conversationUuid null to let the call's own id name the conversation
 * @throws a UsageError when `base` is not an http address
 */
export function webhookUrl(base: string, conversationUuid: string | null): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${base}" is not a valid address. Use one like http://localhost:3000.`);
  }
  const root = url.pathname.replace(/\/api\/webhook(\/.*)?$/, "").replace(/\/$/, "");
  url.pathname = `${root}/api/webhook${conversationUuid ? `/${conversationUuid}` : ""}`;
  return url;
}

/**
 * Returns the headers of a delivery as recorded in January 2026. `x-vapi-secret` is always present, empty when no secret is set.
 *
 * @param callId null for messages that belong to no call
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

const localHosts = new Set(["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]);

/**
 * Chooses the secret to send: the given one, else the first of VAPI_WEBHOOK_SECRET, else, for an Earshot on this
 * machine, the one that its scripts generated.
 */
export function chooseSecret(given: string | undefined, url: URL): string {
  if (given !== undefined) return given;
  const [first] = (process.env.VAPI_WEBHOOK_SECRET ?? "").split(",");
  if (first?.trim()) return first.trim();
  return localHosts.has(url.hostname) ? readLocalSecrets().vapiWebhookSecret : "";
}

/** Vapi's default timeout; an assistant can override it. */
const timeoutMs = 20_000;

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

export interface Answer {
  status: number;
  text: string;
  tookMs: number;
}

/**
 * Posts one body.
 *
 * @throws the transport's error, with its `code`, when no answer arrives within 20 s
 */
export async function postBody(url: URL, body: Uint8Array, headers: Record<string, string>): Promise<Answer> {
  const startedAt = performance.now();
  const response = await send(url, body, headers);
  const answer = await text(response);
  return { status: response.statusCode ?? 0, text: answer, tookMs: performance.now() - startedAt };
}

function send(url: URL, body: Uint8Array, headers: Record<string, string>): Promise<http.IncomingMessage> {
  const isTls = url.protocol === "https:";
  const agent = isTls ? agents["https:"] : agents["http:"];
  return new Promise((resolve, reject) => {
    const request = (isTls ? https : http).request(url, {
      method: "POST",
      headers,
      agent,
      timeout: timeoutMs,
    });
    request.on("response", resolve);
    request.on("timeout", () => request.destroy(new Error(`no response within ${timeoutMs / 1000} s`)));
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server closed an idle connection just as we reused it, so it has not seen this request.
      const isStale = request.reusedSocket && error.code === "ECONNRESET";
      if (isStale) resolve(send(url, body, headers));
      else reject(error);
    });
    request.end(body);
  });
}
