import "server-only";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { z } from "zod";

const peerHeader = "x-earshot-peer";

/** Node's own message, as far as it is needed. */
const startedSchema = z.object({
  request: z.custom<{ headers: Record<string, unknown>; socket: { remoteAddress?: string } }>(
    (value) => typeof value === "object" && value !== null,
  ),
});

/** Next bundles routes apart from what runs at start: both find the token on the one global object. */
const shared = globalThis as typeof globalThis & { earshotPeerToken?: string };

/**
 * Gives each request the address its connection came from, which Next keeps from route handlers. The header is overwritten
 * before Next reads it, and holds a token that is never sent out, so that a client cannot say it for itself.
 */
export function stampPeers(): void {
  subscribe("http.server.request.start", (message) => {
    const request = startedSchema.safeParse(message).data?.request;
    if (request) request.headers[peerHeader] = peerHeaders(request.socket.remoteAddress ?? "")[peerHeader];
  });
}

/** The header as `stampPeers` sets it. */
export function peerHeaders(address: string): Record<string, string> {
  shared.earshotPeerToken ??= randomUUID();
  return { [peerHeader]: `${shared.earshotPeerToken} ${address}` };
}

/** The address of the connection a request came on, or null when nothing has stamped it. */
export function peerAddress(headers: Headers): string | null {
  const [token, address] = headers.get(peerHeader)?.split(" ") ?? [];
  return address && token === shared.earshotPeerToken ? address : null;
}

/** Whether a header is one of ours and not the sender's. */
export function isPeerHeader(name: string): boolean {
  return name === peerHeader;
}
