import { afterEach, describe, expect, test } from "vitest";
import { Tally } from "@/scripts/delivery/tally";
import { defaultCallOptions } from "@/scripts/simulator/call-options";
import { type Progress, type SimulationOptions, simulate } from "@/scripts/simulator/simulate";
import { startReceiver } from "@/tests/support/servers/start-receiver";

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

const receivers: Receiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

async function receive(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...answer);
  receivers.push(receiver);
  return receiver;
}

function optionsFor(url: string, call: Partial<SimulationOptions["call"]> = {}): SimulationOptions {
  const calm = { hangs: 0, interruptions: 0, functionCalls: 0, duplicates: 0, disorder: 0 };
  return {
    url,
    secret: "a secret of this test",
    seed: "integration",
    calls: 1,
    concurrency: 1,
    isForever: false,
    call: { ...defaultCallOptions, ...calm, speed: 400, ...call },
  };
}

const noProgress = (): Progress => ({ live: 0, done: 0, tally: new Tally() });

async function run(
  options: SimulationOptions,
  signal = new AbortController().signal,
  progress = noProgress(),
) {
  await simulate(options, signal, progress);
  return progress;
}

const messagesOf = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body).message);

describe("npm run simulate", () => {
  test("posts a call from its first status to its report, with Vapi's headers", async () => {
    const receiver = await receive();
    const progress = await run(optionsFor(receiver.url));
    const messages = messagesOf(receiver);
    expect(messages.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["status-update", "transcript", "end-of-call-report"]),
    );
    expect(progress).toMatchObject({ done: 1, live: 0, tally: { posted: messages.length, unanswered: 0 } });
    const callId = messages[0].call.id;
    for (const { path, headers, body } of receiver.received) {
      expect(path).toMatch(/^\/api\/webhook\/[0-9a-f-]{36}$/);
      expect(headers).toMatchObject({
        "user-agent": "axios/1.8.3",
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "x-vapi-secret": "a secret of this test",
        "x-call-id": callId,
        cookie: `callId=${callId}`,
      });
    }
  });

  test("repeats the server's answer to a tool call in later messages", async () => {
    const receiver = await receive(({ body }) => {
      const { toolCallList = [] } = JSON.parse(body).message;
      return {
        body: {
          results: toolCallList.map(({ id }: { id: string }) => ({
            toolCallId: id,
            result: "From the server.",
          })),
        },
      };
    });
    // Slow enough for an answer to arrive before the report is written.
    await run(optionsFor(receiver.url, { tools: 1, transfers: 1, speed: 20 }));
    const report = messagesOf(receiver).find(({ type }) => type === "end-of-call-report");
    const results = report.messages.filter(({ role }: { role: string }) => role === "tool_call_result");
    expect(results.length).toBeGreaterThan(0);
    for (const { result } of results) expect(result).toBe("From the server.");
  });

  test("posts byte-identical duplicates", async () => {
    const receiver = await receive();
    await run(optionsFor(receiver.url, { duplicates: 1 }));
    const bodies = receiver.received.map(({ body }) => body);
    expect(new Set(bodies).size).toBe(bodies.length / 2);
  });

  test("is not held up by a slow server", async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const receiver = await receive(() => held.then(() => ({})));
    const finished = run(optionsFor(receiver.url));
    const isWhole = () => receiver.received.some(({ body }) => body.includes('"type":"end-of-call-report"'));
    await expect.poll(isWhole, { timeout: 10_000 }).toBe(true);
    release?.();
    expect((await finished).tally.unanswered).toBe(0);
  });

  test("places as many calls as requested, and never more at a time than allowed", async () => {
    const progress = noProgress();
    let most = 0;
    const receiver = await receive(() => {
      most = Math.max(most, progress.live);
      return {};
    });
    const options = { ...optionsFor(receiver.url, { speed: 1_000 }), calls: 5, concurrency: 2 };
    await run(options, new AbortController().signal, progress);
    expect(new Set(receiver.received.map(({ path }) => path)).size).toBe(5);
    expect({ most, done: progress.done }).toEqual({ most: 2, done: 5 });
  });

  test("keeps calls coming until it is stopped", async () => {
    const receiver = await receive();
    const stop = new AbortController();
    const finished = run(
      { ...optionsFor(receiver.url, { speed: 1_000 }), calls: 2, isForever: true },
      stop.signal,
    );
    const callIds = () => new Set(receiver.received.map(({ headers }) => headers["x-call-id"])).size;
    await expect.poll(callIds, { timeout: 20_000 }).toBeGreaterThan(5);
    stop.abort();
    await finished;
  });

  test("reports that the server rejected the secret", async () => {
    const receiver = await receive(() => ({ status: 401 }));
    await expect(run({ ...optionsFor(receiver.url), calls: 3 })).rejects.toThrow(
      /rejected the secret \(401\)/,
    );
  });

  test("reports that the server cannot be reached", async () => {
    const { url, stop } = await startReceiver();
    await stop();
    await expect(run(optionsFor(url))).rejects.toThrow(
      `Earshot cannot be reached at ${url}: nothing is listening there.`,
    );
  });
});
