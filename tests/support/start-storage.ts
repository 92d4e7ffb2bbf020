import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { serveBytes } from "@/scripts/local/recordings/serve-bytes";
import { startServer } from "@/tests/support/start-server";

interface StoredObject {
  bytes: Buffer;
  contentType: string;
}

/** What S3 says, as far as recordings need it: PUT, GET with Range and DELETE of objects, each signed (SigV4). */
export async function startStorage(key: string) {
  const objects = new Map<string, StoredObject>();
  const state = { isBroken: false, refusals: 0 };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const signature = request.headers.authorization ?? "";
    const isSigned =
      signature.startsWith(`AWS4-HMAC-SHA256 Credential=${key}/`) && /Signature=\w{64}$/.test(signature);
    if (!isSigned || state.isBroken) {
      state.refusals += 1;
      request.resume();
      fail(response, isSigned ? 400 : 403, isSigned ? "InternalProblem" : "AccessDenied");
      return;
    }
    const path = new URL(request.url ?? "/", "http://storage").pathname;
    if (request.method === "PUT") {
      objects.set(path, {
        bytes: await buffer(request),
        contentType: request.headers["content-type"] ?? "application/octet-stream",
      });
      response.writeHead(200, { etag: '"stored"' }).end();
    } else if (request.method === "DELETE") {
      objects.delete(path);
      response.writeHead(204).end();
    } else {
      const object = objects.get(path);
      if (object) serveBytes(request, response, object.bytes, object.contentType);
      else fail(response, 404, "NoSuchKey");
    }
  }

  const server = await startServer((request, response) => void answer(request, response));
  return { ...server, objects, state };
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`);
}
