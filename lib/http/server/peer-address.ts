import "server-only";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { z } from "zod";

const peerHeader = "x-earshot-peer";

/** The part of Node's message that is needed. */
const startedSchema = z.object({
  request: z.custom<{ headers: Record<string, unknown>; socket: { remoteAddress?: string } }>(
    (value) => typeof value === "object" && value !== null,
  ),
});

/** Next bundles routes apart from code that runs at start: both find the token on the one global object. */
const shared = globalThis as typeof globalThis & { earshotPeerToken?: string };

/**
 * Adds the address of its connection to each request, because Next hides it from route handlers. The header is
 * overwritten before Next reads it, and contains a token that is never sent out, so that a client cannot forge it.
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

/** The address of a request's connection, or null if it was not stamped. */
export function peerAddress(headers: Headers): string | null {
  const [token, address] = headers.get(peerHeader)?.split(" ") ?? [];
  return address && token === shared.earshotPeerToken ? address : null;
}

/** Whether a header is ours rather than the sender's. */
export function isPeerHeader(name: string): boolean {
  return name === peerHeader;
}
