import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { z } from "zod";

/** Node's own message, as far as it is needed: `request.method` can be set. */
const startedSchema = z.object({
  request: z.custom<{ method: string }>((value) => typeof value === "object" && value !== null),
});

/** Methods a `Request` cannot be made of (Fetch §2.2.1). */
const forbidden = new Set(["TRACE", "CONNECT", "TRACK"]);

/**
 * Next fails with 500 over a method that the Fetch standard forbids. It is given one that nobody implements instead, and
 * answers that as it answers any such.
 */
export function refuseTrace(): void {
  subscribe("http.server.request.start", (message) => {
    const request = startedSchema.safeParse(message).data?.request;
    if (request && forbidden.has(request.method)) request.method = "UNSUPPORTED";
  });
}
