import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";

/** Vapi's own limit, unless an assistant sets another. */
const timeoutMs = 20_000;

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

export interface Answer {
  status: number;
  text: string;
  tookMs: number;
}

/**
 * Posts one body.
 *
 * @throws the transport's error, with its `code`, when no answer came within 20 s
 */
export async function postBody(url: URL, body: Uint8Array, headers: Record<string, string>): Promise<Answer> {
  const startedAt = performance.now();
  const response = await send(url, body, headers);
  const answer = await text(response);
  return { status: response.statusCode ?? 0, text: answer, tookMs: performance.now() - startedAt };
}

function send(url: URL, body: Uint8Array, headers: Record<string, string>): Promise<http.IncomingMessage> {
  const isTls = url.protocol === "https:";
  const agent = isTls ? agents["https:"] : agents["http:"];
  return new Promise((resolve, reject) => {
    const request = (isTls ? https : http).request(url, {
      method: "POST",
      headers,
      agent,
      timeout: timeoutMs,
    });
    request.on("response", resolve);
    request.on("timeout", () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server closed an idle connection just as we took it up again: it has not seen this request.
      const isStale = request.reusedSocket && error.code === "ECONNRESET";
      if (isStale) resolve(send(url, body, headers));
      else reject(error);
    });
    request.end(body);
  });
}
