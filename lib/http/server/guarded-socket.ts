import "server-only";
import { WebSocket } from "ws";
import { withDeadline } from "@/lib/async";
import { pin } from "@/lib/http/server/guarded-fetch";
import { checkUrl, resolveByDns, resolveHost } from "@/lib/http/server/outgoing-rules";

interface SocketInit {
  headers: Record<string, string>;
  /** Hosts that may be contacted: `*.vapi.ai`. */
  hosts: readonly string[];
  /** For the look-up and for the handshake, each. */
  timeoutMs: number;
  /** Limit of one message. */
  maxBytes: number;
}

/**
 * A WebSocket under the rules of guardedFetch: over wss only, never to this host or its network, pinned to the addresses
 * that were checked, no redirects; OUTGOING_ALLOWED_HOSTS names exceptions. It is still connecting: listen to its events.
 * @throws OutgoingRefused when the rules forbid it, or what the resolver throws
 */
export async function openGuardedSocket(url: URL, init: SocketInit): Promise<WebSocket> {
  const { headers, hosts, timeoutMs, maxBytes } = init;
  const asHttp = new URL(url.href.replace(/^ws/, "http"));
  checkUrl(asHttp, hosts);
  const addresses = await withDeadline(resolveHost(asHttp, resolveByDns), timeoutMs);
  return new WebSocket(url, {
    headers: { "user-agent": "Earshot", ...headers },
    handshakeTimeout: timeoutMs,
    maxPayload: maxBytes,
    followRedirects: false,
    perMessageDeflate: false,
    lookup: pin(addresses),
  });
}
