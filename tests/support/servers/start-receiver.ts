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

/** Starts a webhook on loopback that keeps requests in order of arrival and responds as `answer` says. Port 0 picks any. */
export async function startReceiver(answer: Answer = () => ({}), atPort = 0) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = { path: request.url ?? "", headers: request.headers, body: await text(request) };
    received.push(one);
    const { status = 200, headers = {}, body = {} } = await answer(one);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(atPort, "127.0.0.1", resolve));
  // The address of a TCP server always has this type (node:net).
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
