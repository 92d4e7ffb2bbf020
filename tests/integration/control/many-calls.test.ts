import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, afterEach, describe, expect, onTestFinished, test } from "vitest";
import { startControlServer } from "@/tests/support/servers/control-server";
import { startServer } from "@/tests/support/servers/start-server";

const live = await startControlServer();
/** Requests for a call, which Vapi answers once the test does. */
const waiting: { callId: string; response: ServerResponse }[] = [];
const vapi = { asked: 0, mostAtOnce: 0 };
const api = await startServer((request, response) => {
  waiting.push({ callId: request.url?.split("/").at(-1) ?? "", response });
  vapi.asked += 1;
  vapi.mostAtOnce = Math.max(vapi.mostAtOnce, waiting.length);
});
process.env.OUTGOING_ALLOWED_HOSTS = live.host;
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = api.url;

// Imported after the environment is set, because modules read it when loaded.
const { GET } = await import("@/app/api/control/calls/route");
const { db } = await import("@/db/client");
const { writeSetting } = await import("@/db/queries/settings");
const { controlSetting, supervisedCallsSchema } = await import("@/lib/control/control");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const [operator, viewer] = await Promise.all([signedIn("operator"), signedIn("viewer")]);

afterAll(() => {
  live.stop();
  api.stop();
});
afterEach(() => {
  waiting.length = 0;
  Object.assign(vapi, { asked: 0, mostAtOnce: 0 });
});

/** A call in this state, with or without monitor URLs. */
async function makeCall(status = "in-progress", hasUrls = true): Promise<string> {
  const callId = randomUUID();
  const { message } = statusUpdate(status, { callId });
  const monitor = hasUrls ? live.monitorOf(callId) : null;
  await deliver({ message: { ...message, call: Object.assign({}, message.call, { monitor }) } });
  return callId;
}

const makeCalls = (count: number, hasUrls = true) =>
  Promise.all(Array.from({ length: count }, () => makeCall("in-progress", hasUrls)));

const ask = (ids: readonly string[], { cookie } = operator) =>
  GET(send(`/api/control/calls?ids=${ids.join(",")}`, { cookie }));

/** What the route answers, by call. */
async function supervisionOf(ids: readonly string[]) {
  const answer = await ask(ids);
  expect(answer.status).toBe(200);
  const { calls } = supervisedCallsSchema.parse(await answer.json());
  return new Map(calls.map(({ callId, supervision }) => [callId, supervision]));
}

/** Collects the statements that this process sends to the database during the test. */
function collectStatements(): string[] {
  const statements: string[] = [];
  const { options } = db.$client;
  options.debug = (_connection, statement) => statements.push(statement);
  onTestFinished(() => {
    options.debug = false;
  });
  return statements;
}

/** Answers the requests that Vapi has received, with the URLs of their calls. */
function answerAll(): void {
  for (const { callId, response } of waiting.splice(0)) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: callId, status: "in-progress", monitor: live.monitorOf(callId) }));
  }
}

const possible = { available: true, reason: null };

describe("control: one request for many calls", () => {
  test("reads all of them with one statement, and leaves out those that do not exist", async () => {
    const calls = await makeCalls(40);
    const ended = await makeCall("ended");
    const statements = collectStatements();
    const found = await supervisionOf([...calls, ended, randomUUID()]);
    const reads = statements.filter((statement) => /call_monitors|from "calls"/.test(statement));
    expect(reads).toHaveLength(1);
    expect([...found.keys()].sort()).toEqual([...calls, ended].sort());
    for (const callId of calls) expect(found.get(callId)).toEqual({ control: possible, listen: possible });
    const over = { available: false, reason: "The call is over." };
    expect(found.get(ended)).toEqual({ control: over, listen: over });
    expect(vapi.asked).toBe(0);
  });

  test("gives the reason why calls cannot be listened to when listening is turned off", async () => {
    await writeSetting(db, controlSetting, { ...controlSetting.initial, listening: false });
    onTestFinished(() => writeSetting(db, controlSetting, controlSetting.initial));
    const calls = await makeCalls(2);
    const off = { available: false, reason: "Listening is turned off in Settings." };
    expect(Array.from((await supervisionOf(calls)).values())).toEqual(
      calls.map(() => ({ control: possible, listen: off })),
    );
  });

  test("asks Vapi for missing URLs, five calls at a time, and not again for calls it has answered", async () => {
    const calls = [...(await makeCalls(12, false)), await makeCall()];
    const answer = supervisionOf(calls);
    for (const expected of [5, 10, 12]) {
      await expect.poll(() => vapi.asked).toBe(expected);
      // A sixth request would arrive during these round trips.
      await supervisionOf([calls.at(-1) ?? ""]);
      expect(vapi.asked).toBe(expected);
      answerAll();
    }
    expect(Array.from((await answer).values())).toEqual(
      calls.map(() => ({ control: possible, listen: possible })),
    );
    expect(vapi.mostAtOnce).toBe(5);
    await supervisionOf(calls);
    expect(vapi.asked).toBe(12);
  });

  test("answers for all calls within the time for one when Vapi does not respond", async () => {
    const calls = await makeCalls(12, false);
    const startedAt = performance.now();
    const found = await supervisionOf(calls);
    expect(performance.now() - startedAt).toBeLessThan(9_000);
    for (const callId of calls) {
      expect(found.get(callId)?.control.reason).toContain("Vapi did not respond. Try again.");
    }
    expect(vapi.asked).toBe(5);
  });

  test("takes 1 to 100 ids, and only from operators", async () => {
    const ids = Array.from({ length: 100 }, () => randomUUID());
    expect(await supervisionOf(ids)).toEqual(new Map());
    const tooMany = await ask([...ids, randomUUID()]);
    expect(tooMany.status).toBe(422);
    expect((await tooMany.json()).detail).toMatch(/100 items[\s\S]*ids/);
    expect((await ask([])).status).toBe(422);
    expect((await GET(send("/api/control/calls", { cookie: operator.cookie }))).status).toBe(422);
    expect((await ask(ids, viewer)).status).toBe(403);
    expect((await GET(send(`/api/control/calls?ids=${ids[0]}`))).status).toBe(401);
  });
});
