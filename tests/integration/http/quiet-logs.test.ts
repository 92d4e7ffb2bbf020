import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { keepForeignTextOutOfConsole, logRequestError } from "@/lib/log";

const secret = "Quentin Zebulonsky +15550103377";
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
  // The error's own message quotes the parameter, and so does Postgres's.
  const cause: unknown = await db.execute(sql`select ${secret}::int`).then(
    () => null,
    (thrown) => thrown,
  );
  if (!(cause instanceof Error)) throw new Error("The database took a name for a number.");
  expect(`${cause.message} ${cause.cause}`).toContain(secret);
  return cause;
}

test("logs: an uncaught database error is printed without message and parameters, as one line", async () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  target.error("⨯", await databaseError(), { digest: secret });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("Zebulonsky");
  const line = JSON.parse(lines[0] ?? "");
  expect(line).toMatchObject({ level: "error", error: "PostgresError", code: "22P02" });
  expect(line.stack).toMatch(/^at /);
});

test("logs: an error whose message looks like frames gives only the real ones", () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  target.error(new Error(`no\n    at ${secret}\n    at more`));
  expect(lines[0]).not.toContain("Zebulonsky");
});

test("logs: texts that are no errors are not printed", () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  target.error(`Failed: ${secret}`);
  expect(lines[0]).not.toContain("Zebulonsky");
});

test("logs: a failed request is one line with method and route, printed by Next a second time or not", async () => {
  const target = { error: console.error };
  keepForeignTextOutOfConsole(target);
  const cause = await databaseError();
  logRequestError(cause, { method: "GET", pattern: "/api/calls/[callId]", kind: "route" });
  target.error(cause);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("Zebulonsky");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    what: "a request failed",
    method: "GET",
    route: "/api/calls/[callId]",
    error: "PostgresError",
    code: "22P02",
    stack: expect.stringMatching(/^at /),
  });
});

test("logs: a database error is named, though a build shortens the name of its class", () => {
  class L extends Error {
    override name = "l";
    code = "42703";
    severity = "ERROR";
  }
  logRequestError(new L(secret), { method: "GET", pattern: "/", kind: "route" });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ error: "PostgresError", code: "42703" });
});
