import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { log, logRequestError } from "@/lib/log";
import { inRequest, requestId } from "@/lib/request-id";
import { keepForeignTextOutOfConsole } from "@/lib/start-server";

const secret = "Quentin Zebulonsky +15550103377";
const frame = expect.stringMatching(/^at /);
let lines: string[];

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function databaseError(): Promise<Error> {
  // Both the error's own message and PostgreSQL's quote the parameter.
  const cause: unknown = await db.execute(sql`select ${secret}::int`).then(
    () => null,
    (thrown) => thrown,
  );
  if (!(cause instanceof Error)) throw new Error("The database took a name for a number.");
  expect(`${cause.message} ${cause.cause}`).toContain(secret);
  return cause;
}

test("logs: an uncaught database error is printed as one line without message and parameters", async () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  target.error("⨯", await databaseError(), { digest: secret });
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).not.toContain("Zebulonsky");
  const line = JSON.parse(lines[0] ?? "");
  expect(line).toMatchObject({
    level: "error",
    error: { cause: { name: "PostgresError", code: "22P02" }, stack: expect.arrayContaining([frame]) },
  });
});

test("logs: a message that imitates stack frames is not printed", async () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  target.error(new Error(`no\n    at ${secret}\n    at more`));
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).not.toContain("Zebulonsky");
});

test("logs: text passed to console.error without an error is not printed", async () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  target.error(`Failed: ${secret}`);
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).not.toContain("Zebulonsky");
});

test("logs: a failed request is one line with method and route, even if Next prints the error again", async () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  const cause = await databaseError();
  logRequestError(cause, { method: "GET", pattern: "/api/calls/[callId]", kind: "route" });
  target.error(cause);
  target.error(new Error("one more"));
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[0]).not.toContain("Zebulonsky");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    what: "a request failed",
    method: "GET",
    route: "/api/calls/[callId]",
    error: { cause: { name: "PostgresError", code: "22P02", stack: expect.arrayContaining([frame]) } },
  });
});

test("logs: a database error keeps its name even if a build shortens the class name", () => {
  class L extends Error {
    override name = "l";
    code = "42703";
    severity = "ERROR";
  }
  logRequestError(new L(secret), { method: "GET", pattern: "/", kind: "route" });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    error: { name: "PostgresError", code: "42703" },
  });
});

test("logs: an error is printed with name, code and frames of every cause, but without messages", () => {
  const root = Object.assign(new TypeError(secret), { code: "ECONNRESET", address: secret });
  const error = new Error(secret, { cause: new Error(`Failed: ${secret}`, { cause: root }) });
  log("error", "something failed", { error, count: 2 });
  expect(lines[0]).not.toContain("Zebulonsky");
  const line = JSON.parse(lines[0] ?? "");
  expect(line).toEqual({
    level: "error",
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    what: "something failed",
    count: 2,
    error: {
      name: "Error",
      stack: expect.arrayContaining([frame]),
      cause: {
        name: "Error",
        stack: expect.arrayContaining([frame]),
        cause: { name: "TypeError", code: "ECONNRESET", stack: expect.arrayContaining([frame]) },
      },
    },
  });
});

test("logs: a thrown value that is not an error is named only by its type", () => {
  log("error", "something failed", { error: secret });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ error: { name: "string" } });
  expect(lines[0]).not.toContain("Zebulonsky");
});

test("logs: all lines of a request share an ID from the platform, a proxy or Earshot", async () => {
  const idOf = async (headers: Record<string, string>) => {
    lines = [];
    await inRequest(new Request("http://localhost/", { headers }), async () => {
      await Promise.resolve();
      log("error", "one");
      log("error", "two");
    });
    const [one, two] = lines.map((line) => JSON.parse(line).requestId);
    expect(two).toBe(one);
    return one;
  };
  expect(await idOf({ "x-vercel-id": "fra1::abc-123", "x-request-id": "r-1" })).toBe("fra1::abc-123");
  expect(await idOf({ "x-request-id": "r-1" })).toBe("r-1");
  expect(await idOf({ "x-request-id": "Quentin Zebulonsky" })).toMatch(/^[\da-f-]{36}$/);
  expect(await idOf({ "x-request-id": "r".repeat(200) })).toMatch(/^[\da-f-]{36}$/);
  expect(requestId()).toBeUndefined();
});

test("logs: an error response carries the request's ID", async () => {
  const request = new Request("http://localhost/", { headers: { "x-request-id": "r-2" } });
  const response = await inRequest(request, async () => problem(404, "Not found", "There is nothing."));
  expect(response.headers.get("x-request-id")).toBe("r-2");
});
