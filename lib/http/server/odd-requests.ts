import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { isReadableUrl } from "@/lib/http/urls";

/** Methods a `Request` cannot be made of (Fetch §2.2.1). */
const forbidden = new Set(["TRACE", "CONNECT", "TRACK"]);

/** What the proxy answers as it does any URL that cannot be read. */
const unreadable = "/%00";

/**
 * Next fails with 500 over a method that the Fetch standard forbids. It is given one that nobody implements instead, and
 * answers that as it answers any such. Over a path that cannot be decoded it fails likewise, or repairs it and answers
 * a question that nobody asked.
 */
export function refuseOddRequests(): void {
  subscribe("http.server.request.start", (message) => {
    if (!isStart(message)) return;
    const { request } = message;
    if (forbidden.has(request.method)) request.method = "UNSUPPORTED";
    if (!canRead(request.url)) request.url = unreadable;
  });
}

/** Node's own message, as far as it is needed: what it says of a request can be set. */
function isStart(message: unknown): message is { request: { method: string; url: string } } {
  return typeof message === "object" && message !== null && "request" in message && isObject(message.request);
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;

function canRead(target: string): boolean {
  const url = URL.parse(target, "http://localhost");
  return url !== null && isReadableUrl(url);
}
