import { once } from "node:events";
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { type AppCredentials, findAuthProblem } from "./auth";
import { type Channels, createChannels } from "./channels";
import { getChannel, type HttpAnswer, listChannels, listUsers, publishBatch, publishEvent } from "./http-api";
import { limits } from "./limits";
import { acceptSocket, keepAlive } from "./socket";
import { createWebhookSender } from "./webhooks";

type Server = { app: AppCredentials; channels: Channels };

/** Answers a request to Pusher's HTTP API. */
export function answerRequest(server: Server, method: string, url: URL, body: Buffer): HttpAnswer {
  const { app, channels } = server;
  const [, appId, resource = "", name = "", part] =
    /^\/apps\/([^/]+)\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  if (appId !== app.id) return { status: 404, body: "Unknown app" };
  const problem = findAuthProblem(app, method, url, body);
  if (problem) return { status: 401, body: problem };

  if (method === "POST") {
    const parsed = parseJson(body);
    if (resource === "events") return publishEvent(channels, parsed);
    if (resource === "batch_events") return publishBatch(channels, parsed);
  }
  if (method === "GET" && resource === "channels") {
    if (!name) return listChannels(channels, url.searchParams);
    if (!part) return getChannel(channels, name, url.searchParams);
    if (part === "users") return listUsers(channels, name);
  }
  return { status: 404, body: "Not found" };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined; // each resource names what it expected
  }
}

type Answer = (method: string, url: URL, body: Buffer) => HttpAnswer;

/** Creates an HTTP server that reads each request's body, up to the size limit, and sends the answer. */
function serveHttp(answer: Answer): HttpServer {
  return createServer((request, response) => {
    serveOne(answer, request, response).catch((error: unknown) => {
      // The client hung up midway, or this is our bug: either way only this request is lost.
      if (!request.destroyed) console.error("local Pusher: a request failed:", error);
      response.destroy();
    });
  });
}

async function serveOne(answer: Answer, request: IncomingMessage, response: ServerResponse) {
  const received = await readBody(request);
  const url = readUrl(request);
  const { status, body } = answerReadable(answer, request.method ?? "GET", url, received);
  const [type, text] =
    typeof body === "string" ? ["text/plain", `${body}\n`] : ["application/json", JSON.stringify(body)];
  response.writeHead(status, { "content-type": type }).end(text);
}

function answerReadable(answer: Answer, method: string, url: URL | null, body: Buffer | null): HttpAnswer {
  if (!body) return { status: 413, body: `At most ${limits.requestBytes} bytes` };
  if (!url) return { status: 400, body: "Invalid path" };
  return answer(method, url, body);
}

function readUrl({ url = "/" }: IncomingMessage): URL | null {
  return URL.canParse(url, "http://localhost") ? new URL(url, "http://localhost") : null;
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limits.requestBytes) chunks.push(chunk);
  }
  return size > limits.requestBytes ? null : Buffer.concat(chunks);
}

export type PusherServer = { port: number; close: () => Promise<void> };

type Options = {
  app: AppCredentials;
  /** Any free port if 0 or omitted. */
  port?: number;
  /** Where to send channel and member events; omitted for nowhere. */
  webhookUrl?: string;
};

/**
 * Starts a server on 127.0.0.1 that speaks the Pusher Channels protocol (version 7) and its HTTP API to the official
 * clients, for one app, in this process's memory. For laptops and tests only; production uses Pusher Channels or any
 * server that speaks its protocol.
 *
 * @throws when the port is taken
 */
export async function startPusherServer({ app, port = 0, webhookUrl }: Options): Promise<PusherServer> {
  const webhooks = webhookUrl === undefined ? null : createWebhookSender(app, webhookUrl);
  const channels = createChannels((event) => webhooks?.enqueue(event));
  const http = serveHttp((...request) => answerRequest({ app, channels }, ...request));
  const sockets = new WebSocketServer({ server: http, maxPayload: 10 * limits.eventBytes });
  sockets.on("connection", (socket, request) => acceptSocket({ app, channels }, socket, request));
  const stopPinging = keepAlive(sockets);

  http.listen(port, "127.0.0.1");
  await once(http, "listening");

  const close = async () => {
    stopPinging();
    webhooks?.close();
    const closed = once(http, "close");
    http.close();
    http.closeAllConnections();
    // 4100: reconnect after 1 s. With 4200 (at once), the client would find no server and then back off for long.
    for (const socket of sockets.clients) socket.close(4100, "The server is stopping");
    // A frozen tab never completes the close handshake.
    const terminateTimer = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 300);
    await closed;
    clearTimeout(terminateTimer);
  };
  return { port: (http.address() as AddressInfo).port, close }; // a listening TCP server has an AddressInfo
}
