import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Document = Record<string, unknown> & { id: string };
type Collection = "assistant" | "squad" | "phone-number" | "tool";

const collections: readonly string[] = ["assistant", "squad", "phone-number", "tool"];

interface Requested {
  method: string;
  path: string;
  body: Record<string, unknown> | null;
}

/**
 * Vapi's REST API as far as Connect uses it: lists newest first, a document by id, PATCH that replaces top-level fields whole
 * and takes one away for null, and credentials whose secrets are never given out again. It keeps documents as JSON texts, so that
 * a test can compare bytes.
 */
export async function startVapiSettingsServer(key = "private-key") {
  const stored = new Map<string, string>();
  const credentials = new Map<string, Record<string, unknown>>();
  const requests: Requested[] = [];
  /** Answers that come instead of the real ones, in order. */
  const failures: number[] = [];
  let stampMs = Date.parse("2026-11-28T08:00:00.000Z");

  const pathOf = (collection: Collection, id: string) => `${collection}/${id}`;
  const put = (collection: Collection, document: Document) => {
    stored.set(pathOf(collection, document.id), JSON.stringify(document));
  };
  const get = (collection: Collection, id: string): Document =>
    JSON.parse(stored.get(pathOf(collection, id)) ?? "null");
  /** As a person does in Vapi's dashboard. */
  const edit = (collection: Collection, id: string, fields: Record<string, unknown>, at?: Date) => {
    stampMs += 1_000;
    const updatedAt = (at ?? new Date(stampMs)).toISOString();
    const entries = Object.entries({ ...get(collection, id), ...fields, updatedAt });
    // The id stands in every document that was put here.
    put(collection, Object.fromEntries(entries.filter(([name]) => fields[name] !== null)) as Document);
    return get(collection, id);
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://vapi");
    const raw = await text(request);
    const body = raw ? JSON.parse(raw) : null;
    const { method = "GET" } = request;
    requests.push({ method, path: url.pathname, body });
    const send = (status: number, content: unknown) =>
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(typeof content === "string" ? content : JSON.stringify(content));
    const failure = failures.shift();
    if (failure !== undefined) return void send(failure, { message: "Not now." });
    if (request.headers.authorization !== `Bearer ${key}`) return void send(401, { message: "Invalid Key." });
    const [, collection = "", id] = url.pathname.split("/");
    if (collection === "credential" && method === "POST") {
      const made = { id: randomUUID(), orgId: "org", ...body };
      credentials.set(made.id, made);
      const { authenticationPlan: _, ...shown } = made;
      return void send(201, shown);
    }
    if (!collections.includes(collection)) return void send(404, { message: "Not Found" });
    if (id === undefined) return void send(200, list(collection, url));
    const path = `${collection}/${id}`;
    if (!stored.has(path)) return void send(404, { message: "Couldn't find it." });
    if (method === "GET") return void send(200, stored.get(path));
    // The path was checked above.
    send(200, edit(collection as Collection, id, body));
  }

  function list(collection: string, { searchParams }: URL): string {
    const bound = searchParams.get("createdAtLe");
    const found = [...stored]
      .filter(([path]) => path.startsWith(`${collection}/`))
      .map(([, json]) => ({ json, createdAt: String(JSON.parse(json).createdAt) }))
      .filter(({ createdAt }) => !bound || createdAt <= bound)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .slice(0, Number(searchParams.get("limit") ?? 100));
    return `[${found.map(({ json }) => json).join()}]`;
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => response.destroy(cause as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server's address is always of this shape (node:net).
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    put,
    get,
    edit,
    /** Each document's bytes, without Vapi's own stamp. */
    snapshot: () =>
      new Map([...stored].map(([path, json]) => [path, json.replace(/,?"updatedAt":"[^"]*"/, "")])),
    clear: () => {
      stored.clear();
      requests.length = 0;
      failures.length = 0;
    },
    remove: (collection: Collection, id: string) => stored.delete(pathOf(collection, id)),
    credentials,
    requests,
    failures,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
