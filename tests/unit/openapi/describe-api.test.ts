import { existsSync, readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import { routes } from "@/lib/auth/permissions";
import { describeApi, operations } from "@/lib/openapi/describe-api";

const api = describeApi("https://earshot.example");

/** What only our own pages have a use for: a person's views, the sound's player, the browser's own connection. */
const notForKeys = new Set([
  "POST /api/report-views",
  "DELETE /api/report-views/[viewId]",
  "POST /api/calls/[callId]/recording",
  "POST /api/pusher/auth",
  "GET /api/pusher/generation",
  "POST /api/simulation",
]);

describe("the description of the HTTP API", () => {
  test.each(operations.map(({ path, method }) => [method, path] as const))(
    "names only what there is: %s %s",
    (method, path) => {
      expect(routes[path]?.[method]).toBeDefined();
      const file = `app${path}/route.ts`;
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, "utf8")).toMatch(new RegExp(`function ${method}\\b`));
    },
  );

  test("names every route that an API key may call", () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`);
    const callable = Object.entries(routes).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, access]) => !["public", "webhook", "machine", "account.own"].includes(access))
        .map(([method]) => `${method} ${path}`),
    );
    expect(callable.filter((route) => !described.includes(route) && !notForKeys.has(route))).toEqual([]);
  });

  test("describes each once", () => {
    const described = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described).toHaveLength(operations.length);
  });

  test("has every parameter of a path, and the filters with their types", () => {
    const replay = api.paths["/api/events/{eventKey}/replay"]?.post;
    expect(replay).toMatchObject({ parameters: [{ name: "eventKey", in: "path", required: true }] });
    const list = JSON.stringify(api.paths["/api/events"]?.get?.parameters);
    for (const name of ["type", "outcome", "callId", "conversation", "from", "to", "cursor", "limit"])
      expect(list).toContain(`"name":"${name}","in":"query","required":false`);
    expect(list).toContain('"enum":["recorded","unknown","malformed","duplicate"]');
  });

  test("uses only schemas that a validator takes", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const schema of findSchemas(api)) expect(() => ajv.compile(schema)).not.toThrow();
    expect(findSchemas(api).length).toBeGreaterThan(100);
  });
});

/** Whatever stands under the name `schema`, anywhere. */
function findSchemas(value: unknown): object[] {
  if (Array.isArray(value)) return value.flatMap(findSchemas);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, entry]) =>
    name === "schema" && typeof entry === "object" && entry !== null ? [entry] : findSchemas(entry),
  );
}
