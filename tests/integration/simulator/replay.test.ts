import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findCaptures } from "@/scripts/replayer/find-captures";
import { type ReplayOptions, replay } from "@/scripts/replayer/replay";
import { buildCall } from "@/tests/fixtures/build-call";
import { startReceiver } from "@/tests/support/servers/start-receiver";

let folder: string;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "earshot-replay-"));
  receiver = await startReceiver(({ body }) => ({ status: body.includes("no json") ? 400 : 200 }));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await receiver.stop();
});

function put(file: string, content: unknown): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content, null, 2));
}

async function run(options: Partial<ReplayOptions> = {}) {
  const usual = {
    secret: "s",
    speed: 0,
    isShuffled: false,
    isTwice: false,
    seed: "s",
    conversationUuid: null,
  };
  const said: string[] = [];
  const captures = findCaptures(folder);
  const replayed = await replay(captures, { ...usual, url: receiver.url, ...options }, (line) =>
    said.push(line),
  );
  return { ...replayed, said };
}

const postedTypes = () => receiver.received.map(({ body }) => JSON.parse(body).message.type);
const bodiesOf = (files: readonly string[]) =>
  files.map((type) => ({ message: { type, timestamp: 1_768_467_600_000 } }));

describe("npm run replay", () => {
  test("posts a sequence in the order of its file numbers, as compact JSON, to one conversation", async () => {
    const { bodies, callId } = buildCall("short");
    for (const [index, body] of bodies.entries()) put(`${index + 1}-event.json`, body);
    const { hasFailed, tally } = await run();
    expect(receiver.received.map(({ body }) => body)).toEqual(bodies.map((body) => JSON.stringify(body)));
    expect(new Set(receiver.received.map(({ path }) => path)).size).toBe(1);
    expect(receiver.received[0]?.path).toMatch(/\/api\/webhook\/[0-9a-f-]{36}$/);
    expect(receiver.received.every(({ headers }) => headers["x-call-id"] === callId)).toBe(true);
    expect({ hasFailed, posted: tally.posted }).toEqual({ hasFailed: false, posted: bodies.length });
  });

  test("follows index.json if there is one, without posting it", async () => {
    const [first, second, third] = bodiesOf(["one", "two", "three"]);
    put("a.json", second);
    put("b.json", first);
    put("c.json", third);
    put("index.json", { events: [{ file: "b.json" }, { file: "a.json" }] });
    await run();
    expect(postedTypes()).toEqual(["one", "two", "three"]);
  });

  test("posts a tree: single bodies separately, each sequence as a conversation, and no recorded headers", async () => {
    const [loose, one, two] = bodiesOf(["loose", "one", "two"]);
    put("hang.json", loose);
    put("headers/hang.headers.json", {});
    put("sequences/a/001-x.json", one);
    put("sequences/b/001-x.json", two);
    await run();
    const paths = receiver.received.map(({ path }) => path);
    expect(postedTypes()).toEqual(["loose", "one", "two"]);
    expect(paths[0]).toBe("/api/webhook");
    expect(new Set(paths).size).toBe(3);
  });

  test("gives a sequence the same conversation in every run, or the given one", async () => {
    put("a/001-x.json", bodiesOf(["one"])[0]);
    await run();
    await run();
    await run({ conversationUuid: "0b0e7c52-6d10-4a52-9c63-0d8a5b7a6f11" });
    const [first, second, told] = receiver.received.map(({ path }) => path);
    expect(second).toBe(first);
    expect(told).toBe("/api/webhook/0b0e7c52-6d10-4a52-9c63-0d8a5b7a6f11");
  });

  test("shuffles the same way for the same seed, and posts everything twice on request", async () => {
    for (const [index, body] of bodiesOf([..."abcdefgh"]).entries()) put(`${index}-x.json`, body);
    await run({ isShuffled: true, isTwice: true, seed: "one" });
    const once = postedTypes().join("");
    await run({ isShuffled: true, isTwice: true, seed: "one" });
    expect(postedTypes().join("")).toBe(once + once);
    expect([...once].sort().join("")).toBe("aabbccddeeffgghh");
    expect(once).not.toBe("aabbccddeeffgghh");
  });

  test("keeps the recorded intervals, divided by the speed", async () => {
    const at = (ms: number) => ({ message: { type: "hang", timestamp: 1_768_467_600_000 + ms } });
    put("1-x.json", at(0));
    put("2-x.json", at(3_000));
    const startedAt = performance.now();
    await run({ speed: 10 });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
  });

  test("reports rejected invalid bodies without failing", async () => {
    put("1-rubbish.json", "this is no json");
    put("2-fine.json", bodiesOf(["hang"])[0]);
    const { hasFailed, said } = await run();
    expect(hasFailed).toBe(false);
    expect(said).toEqual([expect.stringMatching(/1-rubbish\.json: 400 .*rejected as expected/)]);
  });

  test("fails when a valid body is rejected or answered 5xx, naming file and response", async () => {
    await receiver.stop();
    receiver = await startReceiver(({ body }) => ({
      status: body.includes("hang") ? 503 : 422,
      body: { title: "Busy" },
    }));
    put("1-x.json", bodiesOf(["hang"])[0]);
    put("2-x.json", bodiesOf(["transcript"])[0]);
    const { hasFailed, said } = await run();
    expect(hasFailed).toBe(true);
    expect(said).toEqual([
      expect.stringMatching(/1-x\.json: 503 \{"title":"Busy"\}/),
      expect.stringMatching(/2-x\.json: 422/),
    ]);
  });

  test("reports that a folder is missing or has nothing to replay", () => {
    expect(() => findCaptures(folder)).toThrow(/No recorded bodies/);
    expect(() => findCaptures(join(folder, "nowhere"))).toThrow(/nowhere does not exist/);
  });
});
