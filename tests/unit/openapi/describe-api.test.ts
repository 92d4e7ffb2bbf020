import { readdirSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import { operations } from "@/app/api/openapi.json/operations";
import { routes } from "@/lib/auth/permissions";
import { describeApi } from "@/lib/openapi/describe-api";

const api = describeApi("https://earshot.example", operations);
const described = operations.filter(({ isForPagesOnly }) => !isForPagesOnly);
const named = (list: typeof operations) => list.map(({ method, path }) => `${method} ${path}`);

/** Routes that only the dashboard needs: saved filters, the recording player, the browser's own connection. */
const notForKeys = [
  "DELETE /api/push-subscriptions/[subscriptionId]",
  "DELETE /api/report-views/[viewId]",
  "DELETE /api/sessions/[sessionId]",
  "GET /api/push-subscriptions",
  "GET /api/pusher/generation",
  "GET /api/sessions",
  "POST /api/calls/[callId]/recording",
  "POST /api/invitations/accept",
  "POST /api/pusher/auth",
  "POST /api/report-views",
  "POST /api/simulation",
  "POST /api/welcome",
  "PUT /api/push-subscriptions",
  "PUT /api/reports/columns",
];

/** Routes not made by `route()`, because they take no session or key, or follow another standard. */
const byHand = [
  "GET /api/auth/[...all]",
  "GET /api/cron/tick",
  "GET /api/openapi.json",
  "POST /api/auth/[...all]",
  "POST /api/oauth/token",
  "POST /api/pusher/webhook",
  "POST /api/webhook",
  "POST /api/webhook/[conversationUuid]",
];

describe("API routes", () => {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => `/api/${file.replace(/\/route\.ts$/, "")}`);

  test("are listed in the permission table with the access they declare", () => {
    const table = Object.entries(routes).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, access]) => `${method} ${path} ${access}`),
    );
    const stated = operations.map(({ method, path, access }) => `${method} ${path} ${access}`);
    const others = table.filter((row) => byHand.includes(row.replace(/ [\w.]+$/, "")));
    expect([...stated, ...others].sort()).toEqual(table.sort());
  });

  test.each(files)("of %s are exported under their declared methods", async (path) => {
    const module: Record<string, unknown> = await import(
      new URL(`../../../app${path}/route.ts`, import.meta.url).pathname
    );
    const exported = Object.keys(module).filter((name) => /^[A-Z]+$/.test(name));
    const wrapped = exported.filter((method) => !byHand.includes(`${method} ${path}`));
    for (const method of wrapped) {
      expect(module[method]).toHaveProperty("operation.method", method);
      expect(module[method]).toHaveProperty("operation.path", path);
    }
    expect(wrapped.map((method) => `${method} ${path}`).sort()).toEqual(
      named(operations.filter((operation) => operation.path === path)).sort(),
    );
  });
});

describe("the OpenAPI description", () => {
  test("leaves out exactly the routes that only Earshot's own pages use", () => {
    expect(named(operations.filter(({ isForPagesOnly }) => isForPagesOnly)).sort()).toEqual(notForKeys);
  });

  test("describes every other route once", () => {
    const found = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, "[$1]")}`),
    );
    expect(found.sort()).toEqual(named(described).sort());
  });

  test("has path parameters, and query filters with their values", () => {
    const replay = api.paths["/api/events/{eventKey}/replay"]?.post;
    expect(replay).toMatchObject({ parameters: [{ name: "eventKey", in: "path", required: true }] });
    const list = JSON.stringify(api.paths["/api/events"]?.get?.parameters);
    for (const name of ["type", "outcome", "callId", "conversation", "from", "to", "cursor", "limit"])
      expect(list).toContain(`"name":"${name}","in":"query","required":false`);
    expect(list).toContain('"enum":["recorded","unknown","malformed","duplicate"]');
  });

  test("describes lists in a query as separated by commas", () => {
    expect(api.paths["/api/control/calls"]?.get?.parameters).toEqual([
      {
        name: "ids",
        in: "query",
        required: true,
        explode: false,
        schema: { type: "array", minItems: 1, maxItems: 100, items: { type: "string", maxLength: 200 } },
      },
    ]);
  });

  test("uses only schemas that a validator can compile", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const schema of findSchemas(api)) expect(() => ajv.compile(schema)).not.toThrow();
    expect(findSchemas(api).length).toBeGreaterThan(100);
  });
});

/** Every value of a property named `schema`, at any depth. */
function findSchemas(value: unknown): object[] {
  if (Array.isArray(value)) return value.flatMap(findSchemas);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, entry]) =>
    name === "schema" && typeof entry === "object" && entry !== null ? [entry] : findSchemas(entry),
  );
}
