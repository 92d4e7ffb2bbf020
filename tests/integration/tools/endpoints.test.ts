import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/servers/start-receiver";

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown };
let answer: (received: { path: string }) => Promise<Answer> | Answer = () => ({});
const outside = await startReceiver((received) => answer(received));
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { createEndpoint } = await import("@/lib/tools/server/manage-endpoints");
const { endpointSchema } = await import("@/lib/tools/endpoints/endpoint");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { events } = await import("@/db/schema/events");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { askTool, askTools } = await import("@/tests/support/deliveries/ask-tools");
const { dumpDatabase } = await import("@/tests/support/database/dump-database");

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;
const toObject = (properties: object) => ({ type: "object", properties, required: Object.keys(properties) });
const oneText = (name: string) => toObject({ [name]: { type: "string", minLength: 1 } });

let made = 0;
/** Creates an endpoint with a new name, because known ones are cached for seconds. Returns the name. */
async function make(more: object): Promise<string> {
  const name = `endpoint_${++made}`;
  const settings = {
    name,
    description: "For tests.",
    effect: "read",
    method: "GET",
    url: `${outside.url}/orders/{{order}}?by={{order}}`,
    parameters: oneText("order"),
    body: null,
    headers: {},
    sentence: "It is {{state}}.",
    timeoutMs: 5_000,
    isEnabled: true,
  };
  await createEndpoint(db, endpointSchema.parse({ ...settings, ...more }), by);
  return name;
}

beforeEach(() => {
  outside.received.length = 0;
});

afterEach(() => {
  answer = () => ({});
});

afterAll(() => outside.stop());

const ask = (name: string, args: Record<string, unknown>, id?: string) =>
  askTool(name, args, { callId: randomUUID(), ...(id ? { id } : {}) });

describe("a configured endpoint", () => {
  test("is called with encoded arguments, and its response becomes a sentence", async () => {
    answer = () => ({ body: { state: "on its way", items: [{ name: "lamp" }], paid: true } });
    const name = await make({
      sentence: "It is {{state}}: {{items.0.name}}, paid {{paid}}, due {{due.date}}.",
    });
    expect(await ask(name, { order: "7/../admin?x=1&y#z" })).toBe(
      "It is on its way: lamp, paid yes, due not known.",
    );
    const part = "7%2F..%2Fadmin%3Fx%3D1%26y%23z";
    expect(outside.received[0]?.path).toBe(`/orders/${part}?by=${part}`);
    await ask(name, { order: ".." });
    expect(outside.received[1]?.path).toBe("/orders/?by=");
  });

  test("gets a JSON body in which arguments keep their types and cannot add fields", async () => {
    answer = () => ({ body: { state: "booked" } });
    const name = await make({
      method: "POST",
      effect: "write",
      url: `${outside.url}/bookings`,
      parameters: toObject({ who: { type: "string" }, people: { type: "integer" } }),
      body: { guest: { name: "{{who}}", text: "for {{who}}, {{people}}" }, people: "{{people}}" },
    });
    expect(await ask(name, { who: 'Ada", "admin": true', people: 4 })).toBe("It is booked.");
    expect(JSON.parse(outside.received[0]?.body ?? "")).toEqual({
      guest: { name: 'Ada", "admin": true', text: 'for Ada", "admin": true, 4' },
      people: 4,
    });
    expect(await ask(name, { who: "Ada", people: "many" })).toMatch(
      /^error: The arguments are not valid: people/,
    );
    expect(outside.received).toHaveLength(1);
  });

  test("gets its secret headers, and no row contains them in plain text", async () => {
    const secret = `sk-${randomUUID()}`;
    const name = await make({ headers: { "x-shop": "7" }, secrets: { authorization: `Bearer ${secret}` } });
    await ask(name, { order: "7" });
    expect(outside.received[0]?.headers).toMatchObject({ "x-shop": "7", authorization: `Bearer ${secret}` });
    expect(await dumpDatabase()).not.toContain(secret);
  });

  test("that writes data is called once for ten repeats of a tool call, with an idempotency key", async () => {
    const name = await make({ method: "POST", effect: "write" });
    const callId = randomUUID();
    const asked = Array.from({ length: 10 }, () => askTool(name, { order: "7" }, { callId }));
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(outside.received).toHaveLength(1);
    expect(outside.received[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("at an internal network address is not called", async () => {
    const name = await make({ url: "https://169.254.169.254/latest/{{order}}" });
    expect(await ask(name, { order: "7" })).toBe(
      "error: Earshot is not allowed to reach that service. Nothing was done.",
    );
  });

  test.each([
    ["that says no", "read", 404, "error: The service rejected the request (404)."],
    ["that leads elsewhere", "read", 302, "error: The service rejected the request (302)."],
    ["that fails", "read", 500, "error: The service failed (500)."],
    [
      "that fails with an effect",
      "write",
      500,
      "error: The tool failed. I cannot tell whether it was done, and I will not try again.",
    ],
  ])("%s yields an error sentence for the assistant", async (_, effect, status, expected) => {
    answer = () => ({ status });
    expect(await ask(await make({ effect }), { order: "7" })).toBe(expected);
  });

  test.each(["elsewhere", "/elsewhere"])("that redirects to %s is not followed", async (location) => {
    answer = () => ({ status: 307, headers: { location }, body: { state: "moved" } });
    const name = await make({ secrets: { authorization: "Bearer sk-1" } });
    expect(await ask(name, { order: "7" })).toBe("error: The service rejected the request (307).");
    expect(outside.received.map(({ path }) => path)).toEqual(["/orders/7?by=7"]);
  });

  test("that exceeds its time limit yields an error", async () => {
    answer = () => new Promise(() => {});
    const name = await make({ timeoutMs: 500 });
    expect(await ask(name, { order: "7" })).toBe("error: The tool failed.");
  });

  test("yields one line of limited length", async () => {
    answer = () => ({ body: { state: `a\nb\r\n\u2028${"x".repeat(20_000)}` } });
    const result = await ask(await make({}), { order: "7" });
    expect(result).toMatch(/^It is a b x+… \(cut short\)$/);
    expect(result.length).toBeLessThan(4_100);
  });

  test("is reported as unknown when turned off or named in another case", async () => {
    const name = await make({ isEnabled: false });
    expect(await ask(name, { order: "7" })).toBe(`error: There is no tool named ${name}.`);
    const shout = (await make({})).toUpperCase();
    expect(await ask(shout, { order: "7" })).toBe(`error: There is no tool named ${shout}.`);
  });
});

test("tools: the tool calls of one message run in parallel", async () => {
  const waiting: (() => void)[] = [];
  answer = ({ path }) =>
    new Promise((resolve) => {
      waiting.push(() => resolve({ body: { state: path } }));
      if (waiting.length === 3) for (const go of waiting) go();
    });
  const reads = await make({ url: `${outside.url}/{{order}}` });
  const writes = await make({ url: `${outside.url}/{{order}}`, effect: "write", method: "POST" });
  const asked = [reads, writes, reads].map((name, index) => ({
    id: `call_${index}`,
    name,
    arguments: { order: String(index) },
  }));
  const results = await askTools(asked, { callId: randomUUID() });
  expect(results.map(({ result }) => result)).toEqual(["It is /0.", "It is /1.", "It is /2."]);
});

test.each([
  ["a placeholder in the host", { url: "https://{{order}}.example.com/" }],
  ["a password in the URL", { url: "https://a:b@example.com/{{order}}" }],
  ["a placeholder that is no parameter", { url: "https://example.com/{{other}}" }],
  ["parameters that are no object", { parameters: { type: "string" } }],
  [
    "parameters that are no schema",
    { parameters: { type: "object", properties: { order: { type: "text" } } } },
  ],
  ["a body with GET", { body: {} }],
  ["a name with spaces", { name: "order status" }],
  ["a header of two lines", { headers: { "x-a": "b\r\nx-c: d" } }],
])("tools: an endpoint with %s is not added", async (_, more) => {
  await expect(make(more)).rejects.toThrow();
});

test("tools: an integer beyond 2^53 reaches the endpoint, the call page and the event log unchanged", async () => {
  const big = "2512292042121000001";
  const name = await make({
    method: "POST",
    url: `${outside.url}/orders/{{order_id}}`,
    parameters: toObject({ order_id: { type: "integer", minimum: 1 } }),
    body: { order: "{{order_id}}", note: "order {{order_id}}" },
    sentence: "{{order}} is known.",
  });
  answer = () => ({ body: { order: "it" } });
  const callId = randomUUID();
  const asked = { id: "call_b", type: "function", function: { name, arguments: { order_id: 1 } } };
  const message = {
    type: "tool-calls",
    timestamp: 1_795_816_800_000,
    toolCallList: [asked],
    call: { id: callId },
  };
  const text = JSON.stringify({ message }).replace('"order_id":1', `"order_id":${big}`);
  const { body } = await deliver(text);
  expect(body).toEqual({ results: [{ name, toolCallId: "call_b", result: "it is known." }] });
  expect(outside.received[0]?.path).toBe(`/orders/${big}`);
  expect(outside.received[0]?.body).toBe(`{"note":"order ${big}","order":${big}}`);

  const detail = await getCallDetail(db, callId);
  expect(detail?.toolCalls).toMatchObject([{ arguments: { order_id: big } }]);
  const [kept] = await db.execute(
    sql`select (arguments->'order_id')::text as number from tool_calls where call_id = ${callId}`,
  );
  expect(kept).toEqual({ number: big });
  const [logged] = await db.select().from(events).where(eq(events.callId, callId));
  expect(JSON.stringify(logged?.message)).toContain(big);
});
