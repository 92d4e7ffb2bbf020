import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface VapiCall {
  id: string;
  createdAt: string;
  status: string;
  [more: string]: unknown;
}

/** How one request fails: with an error status or a dropped connection. */
export type Failure = { status: number; headers?: Record<string, string> } | "drop";

/** Serves Vapi's API for calls: `GET /call`, newest first, by createdAt, updatedAt, `limit`, assistantId; `GET /call/{id}`. */
export async function startVapiServer(calls: VapiCall[]) {
  const asked: URL[] = [];
  const failures: Failure[] = [];
  let hold: Promise<void> | null = null;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://vapi");
    asked.push(url);
    await hold;
    answer(request, response, url, calls, failures.shift());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The address of a TCP server always has this type (node:net).
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    troubles: failures,
    /** Holds all responses until the promise is fulfilled. */
    holdUntil: (until: Promise<void> | null) => {
      hold = until;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, searchParams }: URL,
  calls: VapiCall[],
  failure: Failure | undefined,
): void {
  if (failure === "drop") {
    request.socket.destroy();
    return;
  }
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  if (failure) return void send(failure.status, { message: "not now" }, failure.headers);
  if (request.headers.authorization !== "Bearer private-key")
    return void send(401, { message: "Invalid Key." });
  if (pathname !== "/call") {
    const one = calls.find(({ id }) => pathname === `/call/${id}`);
    return void (one ? send(200, one) : send(404, { message: "Not Found" }));
  }
  const bound = (name: string) => searchParams.get(name);
  const found = calls
    .filter(({ createdAt, updatedAt, assistantId }) => {
      const [ge, le, gt, lt] = ["createdAtGe", "createdAtLe", "createdAtGt", "createdAtLt"].map(bound);
      const updatedGe = bound("updatedAtGe");
      return (
        (!updatedGe || String(updatedAt ?? createdAt) >= updatedGe) &&
        (!ge || createdAt >= ge) &&
        (!le || createdAt <= le) &&
        (!gt || createdAt > gt) &&
        (!lt || createdAt < lt) &&
        (!bound("assistantId") || bound("assistantId") === assistantId)
      );
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, Number(bound("limit") ?? 100));
  send(200, found);
}
