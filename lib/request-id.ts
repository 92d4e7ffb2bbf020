import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { z } from "zod";

/** Set by Earshot on every request, so that everything Next runs for it finds the same id where no proxy sent one. */
const ownHeader = "x-earshot-request";

/** In order of preference: the platform's, a proxy's, ours. */
const headerNames = ["x-vercel-id", "x-request-id", ownHeader];

/** These values end up in log lines, so they are short and contain only characters that ids use. */
const idSchema = z.string().regex(/^[\w.:=+/-]{1,128}$/);

/** Next bundles routes separately from startup code; both find the ids on the global object. */
const shared = globalThis as typeof globalThis & { earshotRequestIds?: AsyncLocalStorage<string> };
shared.earshotRequestIds ??= new AsyncLocalStorage();
const ids = shared.earshotRequestIds;

/** Runs the work of a request under its id, which is added to each of its log lines. */
export function inRequest<T>({ headers }: Request, work: () => T): T {
  return ids.run(findRequestId(headers) ?? randomUUID(), work);
}

/** Returns the id of the current request; undefined outside of one. */
export function requestId(): string | undefined {
  return ids.getStore();
}

/** Returns the id sent with a request, or the one Earshot stamped on it. */
export function findRequestId(headers: Headers): string | undefined {
  return headerNames.map((name) => idSchema.safeParse(headers.get(name)).data).find((id) => id !== undefined);
}

/** Whether a header is set by Earshot rather than by the sender. */
export function isRequestIdHeader(name: string): boolean {
  return name === ownHeader;
}

/** The part of Node's diagnostics message that is used. */
const startedSchema = z.object({
  request: z.custom<{ headers: Record<string, unknown> }>(
    (value) => typeof value === "object" && value !== null,
  ),
});

/** Gives each request an id before Next reads it. Overwrites the header, so a client cannot choose ours. */
export function stampRequestIds(): void {
  subscribe("http.server.request.start", (message) => {
    const request = startedSchema.safeParse(message).data?.request;
    if (request) request.headers[ownHeader] = randomUUID();
  });
}
