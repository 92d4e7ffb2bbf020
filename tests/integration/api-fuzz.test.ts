import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { operations } from "@/app/api/openapi.json/operations";
import { type Method, routes } from "@/lib/auth/permissions";
import { mutateJson, mutations } from "@/tests/support/deliveries/mutate-json";
import { anyText } from "@/tests/support/makers/any-text";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { fromJsonSchema } from "@/tests/support/vapi/from-json-schema";
import { settled } from "@/tests/support/vitest/after";

/** `LONG=1 npm test` sends twenty times as many; `FUZZ_SEED=…` repeats a run. */
const runs = process.env.LONG ? 6_000 : 300;
const seed = Number(process.env.FUZZ_SEED ?? 20_261_128);

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Every route a browser or script may call; routes for other machines have their own test. */
const entryPoints = Object.entries(routes).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, access]) => access !== "webhook" && access !== "machine")
    .map(([method, access]) => ({ path, method, isPublic: access === "public" })),
);

const oddTexts = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\0",
    "a\0b",
    "%",
    "%00",
    "%E0%A4%A",
    "..",
    "null",
    "1",
    "-1",
    "1e400",
    "😀",
    "\u202e",
  ),
  fc.constantFrom("00000000-0000-4000-8000-000000000000", "2026-13-40", "newest_1e999_x", "9".repeat(400)),
  anyText({ maxLength: 40 }),
);

/** Query parameters the route knows, and unknown ones. */
function queryOf(path: string, method: string): fc.Arbitrary<[string, string][]> {
  const known = operations.find((each) => each.path === path && each.method === method)?.query;
  const names = [...Object.keys(known?.shape ?? {}), "period", "confirmation", "token", "x"];
  return fc.array(fc.tuple(fc.constantFrom(...names), oddTexts), { maxLength: 4 });
}

/** Bodies that match a route's schema, most of them mutated, and some unrelated ones. */
function bodyOf(path: string, method: string): fc.Arbitrary<string> {
  const known = operations.find((each) => each.path === path && each.method === method)?.body;
  const fits = known
    ? fromJsonSchema(z.toJSONSchema(known, { io: "input", unrepresentable: "any" }), {})
    : fc.dictionary(fc.constantFrom("email", "password", "name", "token", "text", "ids"), fc.jsonValue());
  const bent = fc
    .tuple(fits, mutations)
    .map(([value, changes]) => JSON.stringify(mutateJson(value, changes)) ?? "");
  const deep = fc.integer({ min: 90, max: 6_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth));
  return fc.oneof(
    { weight: 6, arbitrary: bent },
    { weight: 2, arbitrary: fits.map((value) => JSON.stringify(value) ?? "") },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: deep },
    { weight: 1, arbitrary: anyText() },
  );
}

const requests = fc.constantFrom(...entryPoints).chain(({ path, method, isPublic }) =>
  fc.record({
    path: fc.constant(path),
    method: fc.constant(method),
    isPublic: fc.constant(isPublic),
    params: fc.array(oddTexts, { minLength: 3, maxLength: 3 }),
    query: queryOf(path, method),
    body: method === "GET" ? fc.constant(undefined) : bodyOf(path, method),
    contentType: fc.constantFrom(
      "application/json",
      "application/json",
      "application/merge-patch+json",
      "text/plain",
    ),
    ifMatch: fc.constantFrom("*", "1", '"1"', "x", ""),
  }),
);

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

test(`API: ${runs} random requests across all routes are answered without a 5xx`, {
  timeout: 1_800_000,
}, async () => {
  const statuses = new Map<number, number>();
  const asked = fc.asyncProperty(
    requests,
    async ({ path, method, isPublic, params: values, query, body, ...more }) => {
      const names = [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, name = ""]) => name);
      const params = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
      const search = new URLSearchParams(
        query.map(([name, value]): [string, string] => [name, value]),
      ).toString();
      const filled = path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name) =>
        encodeURIComponent(params[name] ?? ""),
      );
      const request = new Request(
        `http://localhost:3000${filled.replace(/\/\.\.?(?=\/|$)/g, "/x")}?${search}`,
        {
          method,
          headers: {
            origin: "http://localhost:3000",
            "sec-fetch-site": "same-origin",
            "if-match": more.ifMatch,
            // A sign-out in one request would leave the next one without a session.
            ...(!isPublic && { cookie: admin.cookie }),
            ...(body !== undefined && { "content-type": more.contentType }),
          },
          ...(body !== undefined && { body }),
        },
      );
      const module: Partial<Record<Method, Handler>> = await import(
        new URL(`../../app${path}/route.ts`, import.meta.url).pathname
      );
      const handler = module[method as Method];
      if (!handler) throw new Error(`${path} has no ${method}.`);
      const response = await handler(request, { params: Promise.resolve(params) });
      await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect(`${method} ${path}: ${response.status < 500 ? "answered" : response.status}`).toBe(
        `${method} ${path}: answered`,
      );
      await settled();
    },
  );
  await fc.assert(asked, { numRuns: runs, seed, endOnFailure: true });
  process.stdout.write(`${JSON.stringify(Object.fromEntries(statuses))}\n`);
  expect(statuses.get(401) ?? 0).toBeLessThan(runs / 5);
  expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 20);
});

/** Days, cursors and numbers that fit their format, but not JavaScript's dates or PostgreSQL's columns. */
const beyond = entryPoints
  .filter(({ method }) => method === "GET")
  .flatMap(({ path }) => {
    const known = operations.find((each) => each.path === path && each.method === "GET")?.query?.shape ?? {};
    const days = ["0000-01-01", "9999-12-31"].flatMap((day) => [
      `from=${day}&to=${day}`,
      `from=${day}T23:59-12:00&to=${day}T23:59-12:00`,
    ]);
    return "from" in known ? days.map((query) => [path, query] as const) : [];
  });

test.each([
  ...beyond,
  ["/api/conversations", `cursor=1767524032688_${"-".repeat(36)}`],
  ["/api/events", `cursor=1767524032688_${"-".repeat(36)}`],
  ["/api/conversations/[uuid]/versions", "before=3000000000"],
  ["/api/reports", "cursor=newest_7e15_x"],
  ["/api/reports", "sort=oldest&cursor=oldest_-7e13_x"],
] as const)("API: GET %s?%s is out of range, and answered with 422", async (path, query) => {
  const { GET }: { GET: Handler } = await import(
    new URL(`../../app${path}/route.ts`, import.meta.url).pathname
  );
  const params = Promise.resolve({ uuid: "019b88a4-0000-4000-8000-000000000000" });
  const request = new Request(`http://localhost:3000${path}?format=csv&${query}`, {
    headers: { cookie: admin.cookie },
  });
  expect((await GET(request, { params })).status).toBe(422);
});

test("API: an import of days out of range is answered with 422", async () => {
  const { POST } = await import("@/app/api/imports/route");
  for (const day of ["0000-01-01", "9999-12-31"]) {
    const asked = send("/api/imports", {
      method: "POST",
      cookie: admin.cookie,
      json: { from: day, to: day },
    });
    expect((await POST(asked)).status).toBe(422);
  }
});
