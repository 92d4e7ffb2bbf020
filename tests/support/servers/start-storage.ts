import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { serveBytes } from "@/scripts/local/recordings/start-recordings";
import { startServer } from "@/tests/support/servers/start-server";

interface StoredObject {
  bytes: Buffer;
  contentType: string;
}

/**
 * Serves the part of S3 that recordings need: PUT, GET with Range and DELETE of objects, and multipart uploads. Each
 * request must be signed (SigV4).
 */
export async function startStorage(key: string) {
  const objects = new Map<string, StoredObject>();
  /** Parts of unfinished uploads, by upload. */
  const uploads = new Map<string, Map<number, Buffer>>();
  const state = {
    isBroken: false,
    /** Whether it accepts requests but never answers. */
    isSilent: false,
    refusals: 0,
    /** What the next object stored waits for. */
    beforePut: null as (() => Promise<unknown>) | null,
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (state.isSilent) return;
    const signature = request.headers.authorization ?? "";
    const isSigned =
      signature.startsWith(`AWS4-HMAC-SHA256 Credential=${key}/`) && /Signature=\w{64}$/.test(signature);
    if (!isSigned || state.isBroken) {
      state.refusals += 1;
      request.resume();
      fail(response, isSigned ? 400 : 403, isSigned ? "InternalProblem" : "AccessDenied");
      return;
    }
    const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://storage");
    const uploadId = searchParams.get("uploadId") ?? (searchParams.has("uploads") ? "" : null);
    if (uploadId !== null) {
      await answerUpload(request, response, { path, uploadId, part: Number(searchParams.get("partNumber")) });
    } else if (request.method === "PUT") {
      const { beforePut } = state;
      state.beforePut = null;
      await beforePut?.();
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

  /** POST begins or completes an upload, PUT adds a part, DELETE aborts it. */
  async function answerUpload(
    request: IncomingMessage,
    response: ServerResponse,
    { path, uploadId, part }: { path: string; uploadId: string; part: number },
  ) {
    const body = await buffer(request);
    const parts = uploads.get(uploadId);
    if (request.method === "POST" && uploadId === "") {
      const id = `${path} ${request.headers["content-type"]}`;
      uploads.set(id, new Map());
      say(
        response,
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    } else if (!parts) {
      fail(response, 404, "NoSuchUpload");
    } else if (request.method === "PUT") {
      parts.set(part, body);
      response.writeHead(200, { etag: `"part-${part}"` }).end();
    } else {
      uploads.delete(uploadId);
      if (request.method === "DELETE") {
        response.writeHead(204).end();
        return;
      }
      const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      objects.set(path, { bytes: Buffer.concat(inOrder), contentType: uploadId.split(" ")[1] ?? "" });
      say(response, 200, "<CompleteMultipartUploadResult><ETag>whole</ETag></CompleteMultipartUploadResult>");
    }
  }

  const server = await startServer((request, response) => void answer(request, response));
  return { ...server, objects, uploads, state };
}

function say(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { "content-type": "application/xml" }).end(`<?xml version="1.0"?>${xml}`);
}

function fail(response: ServerResponse, status: number, code: string): void {
  say(response, status, `<Error><Code>${code}</Code><Message>No.</Message></Error>`);
}
