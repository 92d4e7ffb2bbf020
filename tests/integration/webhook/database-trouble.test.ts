import { createServer, type Server, type Socket } from "node:net";
import { afterAll, expect, it, vi } from "vitest";
import { assistantRequest } from "@/tests/fixtures/assistant-request";
import { modernSamples } from "@/tests/fixtures/samples/modern-samples";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { inTime } from "@/tests/support/deliveries/in-time";

/** A database that accepts connections but never answers: the worst kind of outage. */
const sockets = new Set<Socket>();
const silent: Server = createServer((socket) => sockets.add(socket));
await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
const address = silent.address();
const port = address && typeof address === "object" ? address.port : 0;
process.env.DATABASE_URL = `postgres://nobody:x@127.0.0.1:${port}/nothing`;
vi.resetModules();
const { answerDelivery } = await import("@/lib/webhook/server/receive");
// Preloaded, because `inTime` measures a process that is already running.
await import("@/lib/routing/server/answer-request");
await import("@/lib/dialing/server/dialing");
await import("@/lib/knowledge/server/knowledge");

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

function post(body: unknown, secret = "test-webhook-secret") {
  const headers = { "content-type": "application/json", "x-vapi-secret": secret };
  return answerDelivery(
    new Request("http://localhost:3000", { method: "POST", body: JSON.stringify(body), headers }),
    null,
  );
}

it("without a database: an event gets 503 with Retry-After, so that Vapi sends it again", async () => {
  const { response } = await post(statusUpdate("in-progress"));
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("2");
});

it("without a database: an unverifiable credential gets 503, not 401", async () => {
  const { response } = await post(statusUpdate("in-progress"), "kept-in-the-database");
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("2");
});

it("without a database: an assistant-request is still answered within 2 s", async () => {
  const { response } = await inTime(2_000, () => post(assistantRequest()));
  expect(await response.json()).toEqual({ assistantId: "assistant-for-tests" });
});

it("without a database: a tool that needs no data still runs, and its result is returned", async () => {
  const { response } = await post(
    toolCalls([{ id: "call_1", name: "echo", arguments: { text: "still here" } }]),
  );
  expect(await response.json()).toMatchObject({ results: [{ toolCallId: "call_1", result: "still here" }] });
});

it("without a database: a tool that writes data does not run, and returns an error", async () => {
  const mail = { to: "maya@example.com", template: "follow-up", values: {} };
  const { response } = await post(toolCalls([{ id: "call_1", name: "send_email", arguments: mail }]));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    results: [{ toolCallId: "call_1", error: expect.stringContaining("Nothing was done.") }],
  });
});

it("without a database: a tool that cannot be looked up is reported as such, and not as unknown", async () => {
  const { response } = await post(toolCalls([{ id: "call_1", name: "order_status", arguments: {} }]));
  expect(await response.json()).toMatchObject({
    results: [{ error: "I cannot look up the tool order_status right now." }],
  });
});

it.each([
  ["transfer-destination-request", { error: expect.stringContaining("No one") }],
  ["handoff-destination-request", { destination: {}, error: expect.stringContaining("No other assistant") }],
  ["knowledge-base-request", { documents: [] }],
  ["campaign.predial", { eligible: false }],
  ["call.endpointing.request", { timeoutSeconds: expect.any(Number) }],
  ["voice-request", { data: "", error: expect.any(String) }],
] as const)(
  "without a database: %s still gets a valid fallback response within 2 s",
  async (type, answer) => {
    const { response } = await inTime(2_000, () => post(modernSamples[type]));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject(answer);
  },
);
