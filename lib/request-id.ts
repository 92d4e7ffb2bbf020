import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { z } from "zod";

/** Set by us on each request that has no id of a proxy, so that all that Next runs for it finds the same one. */
const ownHeader = "x-earshot-request";

/** Of the platform, of a proxy in front, then our own. */
const headerNames = ["x-vercel-id", "x-request-id", ownHeader];

/** What others send goes into our log lines: nothing long, and nothing but what ids are made of. */
const idSchema = z.string().regex(/^[\w.:=+/-]{1,128}$/);

/** Next bundles routes apart from what runs at start: both find the ids on the one global object. */
const shared = globalThis as typeof globalThis & { earshotRequestIds?: AsyncLocalStorage<string> };
shared.earshotRequestIds ??= new AsyncLocalStorage();
const ids = shared.earshotRequestIds;

/** Does the work of a request under its id, which every log line of it has. */
export function inRequest<T>({ headers }: Request, work: () => T): T {
  return ids.run(findRequestId(headers) ?? randomUUID(), work);
}

/** The id of the request that is being answered; undefined outside of any. */
export function requestId(): string | undefined {
  return ids.getStore();
}

/** The id a request came with. */
export function findRequestId(headers: Headers): string | undefined {
  return headerNames.map((name) => idSchema.safeParse(headers.get(name)).data).find((id) => id !== undefined);
}

/** Whether a header is the one we set, and not the sender's. */
export function isRequestIdHeader(name: string): boolean {
  return name === ownHeader;
}

/** Node's own message, as far as it is needed. */
const startedSchema = z.object({
  request: z.custom<{ headers: Record<string, unknown> }>(
    (value) => typeof value === "object" && value !== null,
  ),
});

/** Gives each request an id before Next reads it. A client cannot say ours for itself. */
export function stampRequestIds(): void {
  subscribe("http.server.request.start", (message) => {
    const request = startedSchema.safeParse(message).data?.request;
    if (request) request.headers[ownHeader] = randomUUID();
  });
}
