import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Collection, createVapiSettings } from "@/scripts/local/recordings/vapi-settings";

interface Requested {
  method: string;
  path: string;
  body: Record<string, unknown> | null;
}

/** Serves Vapi's REST API for settings on loopback, records requests and injects failures. */
export async function startVapiSettingsServer(key = "private-key") {
  const settings = createVapiSettings();
  const { stored, places, credentials, put, get, edit } = settings;
  const requests: Requested[] = [];
  /** Replace the real responses, in order: a status, or a connection that breaks after the work was done; null for none. */
  const failures: (number | "drop" | null)[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://vapi");
    const body = await text(request);
    const { method = "GET" } = request;
    requests.push({ method, path: url.pathname, body: body ? JSON.parse(body) : null });
    const send = (status: number, json: string) =>
      response.writeHead(status, { "content-type": "application/json" }).end(json);
    const failure = failures.shift();
    if (typeof failure === "number") return void send(failure, '{"message":"Not now."}');
    if (request.headers.authorization !== `Bearer ${key}`)
      return void send(401, '{"message":"Invalid Key."}');
    const answered = settings.answer(method, url, body);
    if (failure === "drop") return void request.socket.destroy();
    send(answered?.status ?? 404, answered?.json ?? '{"message":"Not Found"}');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The address of a TCP server always has this type (node:net).
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    put,
    get,
    edit,
    remove: (collection: Collection, id: string) => stored.delete(`${collection}/${id}`),
    /** Each document's bytes, without Vapi's `updatedAt`. */
    snapshot: () =>
      new Map([...stored].map(([path, json]) => [path, json.replace(/,?"updatedAt":"[^"]*"/, "")])),
    clear: () => {
      stored.clear();
      places.clear();
      credentials.clear();
      requests.length = 0;
      failures.length = 0;
    },
    credentials,
    requests,
    failures,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
