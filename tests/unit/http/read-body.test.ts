import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bodyProblem, readBody } from "@/lib/http/server/http";

const kilobyte = 1024;
const limits = { maxBytes: 10 * kilobyte, timeoutMs: 60_000 };

function post(body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}): Request {
  const init = { method: "POST", body, headers, duplex: "half" };
  return new Request("http://localhost:3000/api/webhook", init);
}

/** An endless body that counts the bytes pulled from it. */
function endless() {
  const pulled = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled.bytes += kilobyte;
        controller.enqueue(new Uint8Array(kilobyte));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, pulled };
}

describe("a request body", () => {
  test("beyond the limit is rejected as too large, and the rest is not read", async () => {
    const { body, pulled } = endless();
    const read = await readBody(post(body), limits);
    expect(read).toBe("too-large");
    expect(pulled.bytes).toBe(limits.maxBytes + kilobyte);
  });

  test("declared as too large is rejected before any of it is read", async () => {
    const { body, pulled } = endless();
    const request = post(body, { "content-length": String(limits.maxBytes + 1) });
    expect(await readBody(request, limits)).toBe("too-large");
    expect(pulled.bytes).toBe(0);
  });

  test("of exactly the limit is read in full, and chunks are read in order", async () => {
    const text = "ab".repeat(limits.maxBytes / 2);
    expect(Buffer.from(await readBody(post(text), limits)).toString()).toBe(text);
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of ["one ", "two ", "three"]) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    expect(Buffer.from(await readBody(post(pieces), limits)).toString()).toBe("one two three");
  });

  test("that stalls is rejected as too slow", async () => {
    const stalled = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
    });
    expect(await readBody(post(stalled), { ...limits, timeoutMs: 20 })).toBe("too-slow");
  });

  test("that is cut off is rejected as incomplete", async () => {
    let pulls = 0;
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        if (pulls > 1) controller.error(new Error("aborted"));
        else controller.enqueue(new Uint8Array(1));
      },
    });
    expect(await readBody(post(broken), limits)).toBe("incomplete");
  });

  test("that is missing is read as empty", async () => {
    expect(await readBody(new Request("http://localhost:3000/"), limits)).toHaveLength(0);
  });

  test.each([
    ["too-large", 413],
    ["too-slow", 408],
    ["incomplete", 400],
  ] as const)("that is %s closes the connection with status %i", (failure, status) => {
    const response = bodyProblem(failure, limits);
    expect(response.status).toBe(status);
    expect(response.headers.get("connection")).toBe("close");
  });
});

describe("every route", () => {
  const sources = ["app", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(folder, path)),
  );

  test("reads its body through the shared, size-limited reader", () => {
    const readsItself =
      /\b(?:request|req|incoming)(?:\.clone\(\))?\.(?:json|text|arrayBuffer|formData|blob|bytes)\(|\brequest\.body\b/;
    const offenders = sources.filter((path) => readsItself.test(readFileSync(path, "utf8")));
    expect(offenders).toEqual(["lib/http/server/http.ts"]);
  });
});
