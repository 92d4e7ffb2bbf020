import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as getOne } from "@/app/api/events/[eventKey]/route";
import { GET as getList } from "@/app/api/events/route";
import { type EventEntry, eventDetailSchema, eventListSchema } from "@/lib/events/event";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const callId = randomUUID();
const conversation = randomUUID();
let cookie: string;

beforeAll(async () => {
  ({ cookie } = await signedIn("operator"));
  const started = statusUpdate("in-progress", { callId });
  await deliver(started, { conversation });
  await deliver(started, { conversation });
  await deliver(started, { conversation });
  await deliver(toolCalls([{ id: "call_1", name: "echo", arguments: { text: "hello" } }], { callId }), {
    conversation,
  });
  await deliver({ message: { type: "status-update", status: 7, call: { id: callId } } }, { conversation });
  await deliver({ message: { type: "model.dreamt", dream: "sheep" } }, { conversation });
  for (let n = 0; n < 25; n += 1) await deliver({ message: { type: "model.counted", timestamp: n + 1e12 } });
});

async function list(query = ""): Promise<{ events: EventEntry[]; nextCursor: string | null }> {
  const response = await getList(send(`/api/events?${query}`, { cookie }));
  expect(response.status).toBe(200);
  return eventListSchema.parse(await response.json());
}

const typesOf = async (query: string) => (await list(query)).events.map(({ type }) => type);

describe("GET /api/events", () => {
  test("returns each event's outcome, size, response time and answer", async () => {
    const { events } = await list(`callId=${callId}&type=tool-calls`);
    expect(events).toEqual([
      expect.objectContaining({
        outcome: "recorded",
        callId,
        conversationUuid: conversation,
        bytes: expect.any(Number),
        tookMs: expect.any(Number),
        answer: expect.stringContaining("call_1"),
        repeats: 0,
      }),
    ]);
  });

  test("returns a response time for every recorded event", async () => {
    const { events } = await list(`callId=${callId}&outcome=recorded`);
    expect(events.map(({ type }) => type).sort()).toEqual(["status-update", "tool-calls"]);
    for (const { tookMs } of events) expect(tookMs).toBeGreaterThanOrEqual(0);
  });

  test("counts repeated deliveries in the first event's row, which the duplicate filter finds", async () => {
    const { events } = await list(`outcome=duplicate&callId=${callId}`);
    expect(events).toEqual([expect.objectContaining({ type: "status-update", repeats: 2 })]);
    expect(events[0]?.repeatedAt).toMatch(/Z$/);
  });

  test("says what is wrong with a malformed event, and lists an unknown one", async () => {
    const [malformed] = (await list(`outcome=malformed&conversation=${conversation}`)).events;
    expect(malformed?.problem).toMatch(/^status: /);
    expect(await typesOf(`outcome=unknown&conversation=${conversation}`)).toEqual(["model.dreamt"]);
  });

  test("finds all events of a conversation, including those without a call", async () => {
    expect((await typesOf(`conversation=${conversation}`)).sort()).toEqual([
      "model.dreamt",
      "status-update",
      "status-update",
      "tool-calls",
    ]);
  });

  test("is paged newest first, each event once", async () => {
    const all = await list("type=model.counted&limit=500");
    const paged: EventEntry[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await list(`type=model.counted&limit=7&cursor=${cursor}`);
      paged.push(...page.events);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.events);
    expect(paged).toHaveLength(25);
    const times = paged.map(({ receivedAt }) => receivedAt);
    expect(times).toEqual(times.toSorted().reverse());
  });

  test("filters events by time", async () => {
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const count = async (query: string) => (await list(`limit=500&${query}`)).events.length;
    const all = await count("");
    expect(all).toBeGreaterThan(25);
    expect(await count(`from=${inHours(-1)}&to=${inHours(1)}`)).toBe(all);
    expect(await count(`to=${inHours(-1)}`)).toBe(0);
    expect(await count(`from=${inHours(1)}`)).toBe(0);
    expect(await count("last=15m")).toBe(all);
  });

  test.each(["outcome=lost", "conversation=none", "cursor=1_2", "from=yesterday", "limit=9000"])(
    "rejects %s with 422",
    async (query) => {
      const response = await getList(send(`/api/events?${query}`, { cookie }));
      expect(response.status).toBe(422);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    },
  );
});

describe("GET /api/events/{key}", () => {
  const one = (key: string) =>
    getOne(send(`/api/events/${key}`, { cookie }), { params: Promise.resolve({ eventKey: key }) });

  test("returns the trimmed message, its issues and the answer", async () => {
    const [malformed] = (await list(`outcome=malformed&callId=${callId}`)).events;
    const detail = eventDetailSchema.parse(await (await one(malformed?.key ?? "")).json());
    expect(detail).toMatchObject({
      message: { type: "status-update", status: 7 },
      issues: [{ path: "status", message: expect.any(String) }],
      answer: null,
    });
    expect(detail.message).not.toHaveProperty("call");
  });

  test.each([randomUUID(), "no-key"])("answers 404 for %s", async (key) => {
    expect((await one(key)).status).toBe(404);
  });

  test("events: the list of events is rejected for viewers", async () => {
    const viewer = await signedIn("viewer");
    expect((await getList(send("/api/events", { cookie: viewer.cookie }))).status).toBe(403);
  });
});
