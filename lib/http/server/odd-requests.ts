import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { isReadableUrl } from "@/lib/http/urls";

/** Methods that a `Request` cannot have (Fetch §2.2.1). */
const forbidden = new Set(["TRACE", "CONNECT", "TRACK"]);

/** A path that the proxy answers like any URL that cannot be read. */
const unreadable = "/%00";

/**
 * Next fails with 500 on a method that the Fetch standard forbids. Such a method is replaced by one that no route
 * implements. On a path that cannot be decoded it also fails, or repairs the path and answers for another one.
 */
export function refuseOddRequests(): void {
  subscribe("http.server.request.start", (message) => {
    if (!isStart(message)) return;
    const { request } = message;
    if (forbidden.has(request.method)) request.method = "UNSUPPORTED";
    if (!canRead(request.url)) request.url = unreadable;
  });
}

/** The part of Node's message that is needed; its method and URL can be overwritten. */
function isStart(message: unknown): message is { request: { method: string; url: string } } {
  return typeof message === "object" && message !== null && "request" in message && isObject(message.request);
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;

function canRead(target: string): boolean {
  const url = URL.parse(target, "http://localhost");
  return url !== null && isReadableUrl(url);
}
