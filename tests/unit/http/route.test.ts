import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { route } from "@/lib/http/server/route";
import { describeApi } from "@/lib/openapi/describe-api";

const url = "http://localhost:3000/api/health";
const ask = (search: string) => new Request(`${url}?${search}`);
const post = (body: string, type = "application/json") =>
  new Request(url, { method: "POST", body, headers: { "content-type": type } });

const count = route("GET", "/api/health", {
  access: "public",
  summary: "Count",
  query: z.object({ from: z.coerce.number().int() }),
  answer: z.object({ next: z.int() }),
  notFound: { detail: "There is nothing before one." },
  handle: ({ query, notFound }) => (query.from < 1 ? notFound() : { next: query.from + 1 }),
});

const keep = route("POST", "/api/welcome", {
  access: "public",
  summary: "Keep",
  body: z.strictObject({ name: z.string().trim() }),
  bodyTypes: ["application/merge-patch+json", "application/json"],
  answer: null,
  handle: ({ body }) => (body.name === "teapot" ? new Response("short", { status: 418 }) : null),
});

describe("route()", () => {
  test("passes validated input to its handler, and returns the result as JSON with no-store", async () => {
    const response = await count(ask("from=4"));
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await response.json()).toEqual({ next: 5 });
  });

  test("answers an invalid query with 422, and a missing resource with its own 404", async () => {
    const unfit = await count(ask("from=x"));
    expect([unfit.status, unfit.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    expect((await unfit.json()).detail).toContain("from");
    const missing = await count(ask("from=0"));
    expect(await missing.json()).toMatchObject({ status: 404, detail: "There is nothing before one." });
  });

  test("checks the body's media type and shape, and returns 204 for null and a Response unchanged", async () => {
    const statusOf = async (request: Request) => (await keep(request)).status;
    expect(await statusOf(post('{"name":"a"}', "text/plain"))).toBe(415);
    expect(await statusOf(post('{"name":'))).toBe(400);
    expect(await statusOf(post('{"name":1}'))).toBe(422);
    expect(await statusOf(post('{"name":"a","more":1}'))).toBe(422);
    expect(await statusOf(post('{"name":"a"}', "application/merge-patch+json"))).toBe(204);
    expect(await statusOf(post('{"name":" teapot "}'))).toBe(418);
  });

  test.each([
    ["a closed connection", "CONNECTION_CLOSED"],
    ["a refused one", "ECONNREFUSED"],
    ["a server that shuts down", "57P01"],
    ["a full disk", "53100"],
    ["a read-only server", "25006"],
  ])("answers 503 for %s anywhere among the causes, and rethrows any other error", async (_, code) => {
    const failing = (cause: unknown) =>
      route("GET", "/api/health", {
        access: "public",
        summary: "Fail",
        answer: z.object({}),
        handle: () => Promise.reject(new Error("Failed query", { cause })),
      })(ask(""));
    const response = await failing(Object.assign(new Error("lost"), { code }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    await expect(failing(Object.assign(new Error("twice"), { code: "23505" }))).rejects.toThrow(
      "Failed query",
    );
  });

  test("gives a rejection the ID of its request", async () => {
    const request = new Request(`${url}?from=x`, { headers: { "x-request-id": "r-1" } });
    expect((await count(request)).headers.get("x-request-id")).toBe("r-1");
  });

  test("is described in the OpenAPI document with its parameters, body and responses", () => {
    const { paths } = describeApi("https://earshot.example", [count.operation, keep.operation]);
    expect(paths["/api/health"]?.get).toMatchObject({
      summary: "Count",
      security: [],
      parameters: [{ name: "from", in: "query", required: true }],
      responses: { 200: { content: { "application/json": { schema: { required: ["next"] } } } } },
    });
    expect(paths["/api/welcome"]?.post).toMatchObject({
      requestBody: { content: { "application/merge-patch+json": { schema: { required: ["name"] } } } },
      responses: { 204: { description: "Done." } },
    });
  });
});

test("Vercel: no function asks for more than the 300 s that its smallest plan allows", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).map((name) => join("app", name));
  const limits = ["vercel.json", ...files.filter((file) => file.endsWith(".ts"))].flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/maxDuration"?(?: =|:) (\d+)/g)].map(([, seconds]) => ({
      file,
      seconds: Number(seconds),
    })),
  );
  expect(limits.length).toBeGreaterThan(4);
  expect(limits.filter(({ seconds }) => seconds > 300)).toEqual([]);
});
