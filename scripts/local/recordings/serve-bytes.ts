import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers with these bytes, or the one range of them that is asked for: 200, 206 or 416, as storage does. */
export function serveBytes(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  contentType: string,
): void {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const from = first === "" ? (last === "" ? 0 : bytes.length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  const headers = { "content-type": contentType, "accept-ranges": "bytes" };
  if (from > to) {
    response.writeHead(416, { ...headers, "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const isPart = request.headers.range !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    ...headers,
    "content-length": to - from + 1,
    ...(isPart && { "content-range": `bytes ${from}-${to}/${bytes.length}` }),
  });
  response.end(request.method === "HEAD" ? undefined : bytes.subarray(from, to + 1));
}
