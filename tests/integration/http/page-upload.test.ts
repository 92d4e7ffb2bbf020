import type { IncomingMessage } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import { PHASE_PRODUCTION_SERVER } from "next/constants";
import { getCloneableBody } from "next/dist/server/body-streams";
import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";
import configure from "@/next.config.mjs";
import { proxy } from "@/proxy";

const post = (bytes: number) =>
  proxy(
    new NextRequest("http://localhost:3000/sign-in", {
      method: "POST",
      headers: { "content-length": String(bytes) },
    }),
  );

test("pages: an upload of more than 256 KB is answered 413", async () => {
  expect((await post(256 * 1024 + 1)).status).toBe(413);
  expect((await post(256 * 1024)).status).toBe(200);
});

async function count(stream: Readable): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

test("pages: of a 200 MB upload without a declared length, Next keeps 256 KB and drops the rest as it arrives", async () => {
  const most = 256 * 1024;
  expect(configure(PHASE_PRODUCTION_SERVER).experimental?.proxyClientMaxBodySize).toBe("256kb");
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const upload = new PassThrough();
  // Like Next's router, which buffers a body for proxy.ts and then for the page (router-utils/resolve-routes.js).
  const body = getCloneableBody(upload as Readable as IncomingMessage, most);
  const forProxy = count(body.cloneBodyStream());
  const chunk = Buffer.alloc(64 * 1024, " ");
  let waiting = 0;
  for (let sent = 0; sent < 200 * 1024 * 1024; sent += chunk.length) {
    if (!upload.write(chunk)) await new Promise((resolve) => upload.once("drain", resolve));
    waiting = Math.max(waiting, upload.readableLength + upload.writableLength);
  }
  upload.end();
  await body.finalize();
  expect(await forProxy).toBeLessThanOrEqual(most);
  expect(await count(upload)).toBeLessThanOrEqual(most);
  expect(waiting).toBeLessThan(2 * most);
});
