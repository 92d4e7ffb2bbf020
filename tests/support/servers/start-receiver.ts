import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answered {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

type Answer = (received: Received) => Promise<Answered> | Answered;

/** A webhook on loopback that keeps what it is sent, in order of arrival, and answers what it is told to. Port 0: any. */
export async function startReceiver(answer: Answer = () => ({}), atPort = 0) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = { path: request.url ?? "", headers: request.headers, body: await text(request) };
    received.push(one);
    const { status = 200, headers = {}, body = {} } = await answer(one);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(atPort, "127.0.0.1", resolve));
  // A TCP server's address is always of this shape (node:net).
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
