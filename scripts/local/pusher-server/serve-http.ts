import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { HttpAnswer } from "./http-answer";
import { limits } from "./limits";

type Answer = (method: string, url: URL, body: Buffer) => HttpAnswer;

/** An HTTP server that reads each request's body, as far as it is allowed to go, and sends the answer. */
export function serveHttp(answer: Answer): HttpServer {
  return createServer((request, response) => {
    serveOne(answer, request, response).catch((error: unknown) => {
      // The other side hung up half way, or it is our mistake: either way only this request is lost.
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
