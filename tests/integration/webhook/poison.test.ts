import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Delivery } from "@/db/queries/record/facts";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import { recordEvents } from "@/db/queries/record/record-events";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { setAside } from "@/db/schema/operations";
import { replayEvent } from "@/lib/events/server/replay";
import type { Body } from "@/tests/fixtures/body";
import { buildBody } from "@/tests/fixtures/build-body";
import { conversationUpdate } from "@/tests/fixtures/conversation-update";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { readFacts } from "@/tests/support/database/read-facts";
import { deliver } from "@/tests/support/deliveries/deliver";
import { readDelivery } from "@/tests/support/deliveries/read-delivery";

/** Too large for a PostgreSQL index entry (2,704 bytes), and too random to be compressed. */
const longSip = () => `sip:${randomBytes(3_000).toString("base64url")}@example.com`;

const eventsOf = (callId: string) => db.select().from(events).where(eq(events.callId, callId));

function withCustomer(body: Body, customer: object): Body {
  const message: Record<string, unknown> = { ...body.message, customer };
  return { message: { ...body.message, ...message } };
}

function withToolCall(delivery: Delivery, id: string): Delivery {
  if (!delivery.facts) throw new Error("The delivery is about no call.");
  const askedAt = delivery.event.at;
  const toolCall = { id, name: "echo", asked: "", arguments: {}, askedAt, rank: 1 };
  return { ...delivery, facts: { ...delivery.facts, toolCalls: [toolCall] } };
}

describe("webhook: content PostgreSQL rejects", () => {
  test("a rejected delivery is stored once as malformed with the reason, and the rest of its batch is recorded", async () => {
    const ids = Array.from({ length: 24 }, () => randomUUID());
    const bodies = ids.map((callId, index) => {
      const body = statusUpdate("in-progress", { callId });
      return index % 8 === 3 ? withCustomer(body, { sipUri: longSip() }) : body;
    });
    const answers = await Promise.all(bodies.map((body) => deliver(body)));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
    for (const [index, callId] of ids.entries()) {
      const { call, events: kept } = await readFacts(callId);
      const isPoison = index % 8 === 3;
      expect(call).toHaveLength(isPoison ? 0 : 1);
      expect(kept).toMatchObject([{ outcome: isPoison ? "malformed" : "recorded" }]);
      if (isPoison) {
        expect(kept[0]?.issues?.[0]?.message).toMatch(/^PostgreSQL rejected it: index row size .*\(54000\)$/);
      }
    }
    const [poison] = bodies.slice(3);
    expect((await deliver(poison)).status).toBe(200);
    expect(await eventsOf(ids[3] ?? "")).toMatchObject([{ outcome: "malformed", repeats: 1 }]);
  });

  test("a rejected delivery among one call's simultaneous ones is stored as malformed, and the others are recorded", async () => {
    const callId = randomUUID();
    const deliveries = Array.from({ length: 16 }, (_, index) => {
      const delivery = readDelivery(
        transcriptFinal("user", `Line ${index}`, { callId, atMs: 1_000 * (index + 1) }),
      );
      return index % 8 === 3 ? withToolCall(delivery, longSip()) : delivery;
    });
    const recorded = await Promise.all(deliveries.map((delivery) => recordDelivery(db, delivery)));
    expect(recorded.flatMap(({ refusal }, index) => (refusal ? [index] : []))).toEqual([3, 11]);
    const { call, lines, events: kept } = await readFacts(callId);
    expect(kept.filter(({ outcome }) => outcome === "malformed")).toHaveLength(2);
    expect(kept.filter(({ outcome }) => outcome === "recorded")).toHaveLength(14);
    expect(lines).toHaveLength(14);
    expect(call).toMatchObject([{ version: 14 }]);
  });

  test("a rejected tool call is still answered, and stored as malformed with its answer", async () => {
    const callId = randomUUID();
    const asked = toolCalls([{ id: "call_1", name: "echo", arguments: { text: "hello" } }], { callId });
    const { status, body } = await deliver(withCustomer(asked, { sipUri: longSip() }));
    expect(status).toBe(200);
    expect(body.results).toMatchObject([{ toolCallId: "call_1", result: expect.stringContaining("hello") }]);
    expect(await eventsOf(callId)).toMatchObject([
      { outcome: "malformed", answer: { results: [{ toolCallId: "call_1" }] } },
    ]);
  });

  test("a rejected report is stored whole, and replayed whole once its content is accepted", async () => {
    const callId = randomUUID();
    const body = withCustomer(endOfCallReport({ callId }), { sipUri: longSip() });
    expect((await deliver(body)).status).toBe(200);
    const [event] = await eventsOf(callId);
    expect(event?.outcome).toBe("malformed");
    // The customer is not kept with the event, so a replay is accepted.
    expect(await replayEvent(db, event?.key ?? "")).toMatchObject({ replayed: { outcome: "mended" } });
    const stored = await readFacts(callId);

    const accepted = randomUUID();
    await deliver(endOfCallReport({ callId: accepted }));
    const expected = await readFacts(accepted);
    expect(expected.report).toHaveLength(1);
    const named = (facts: typeof stored) =>
      facts.report.map((row) => ({ ...row, callId: "", recordingUrl: "", stereoRecordingUrl: "" }));
    expect(named(stored)).toEqual(named(expected));
    // The next tick would add it to the archive.
    await db.delete(calls).where(eq(calls.id, callId));
  });

  test("an event rejected again on replay stays malformed, and the replay says why", async () => {
    const callId = randomUUID();
    const message = {
      type: "tool-calls",
      call: { id: callId },
      toolCallList: [
        { id: "call_1", function: { name: randomBytes(3_000).toString("base64url"), arguments: {} } },
      ],
    };
    expect((await deliver({ message })).status).toBe(200);
    const [event] = await eventsOf(callId);
    expect(event?.outcome).toBe("malformed");
    expect(await replayEvent(db, event?.key ?? "")).toMatchObject({
      replayed: {
        type: "tool-calls",
        outcome: "still-malformed",
        issues: [{ message: expect.stringContaining("54000") }],
      },
    });
    expect(await eventsOf(callId)).toMatchObject([{ outcome: "malformed" }]);
  });

  test("a body nested 5,000 levels or deeper is answered 200 and stored as malformed, even with an unknown type", async () => {
    for (const depth of [5_000, 300_000]) {
      const nested = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
      for (const type of ["status-update", "model.dreamt"]) {
        const callId = randomUUID();
        const body = `{"message":{"type":"${type}","status":"in-progress","call":{"id":"${callId}"},"more":${nested}}}`;
        expect((await deliver(body)).status).toBe(200);
        expect(await eventsOf(callId)).toMatchObject([
          { outcome: "malformed", issues: [{ path: expect.stringMatching(/^message\.more/) }] },
        ]);
      }
    }
  });

  test("lone surrogates and NUL in texts and keys do not keep an event from being stored", async () => {
    const callId = randomUUID();
    const body = `{"message":{"type":"model.dreamt\\ud800","call":{"id":"${callId}"},"a\\ud800":["b\\u0000",{"\\udc00":"\\ud83d\\ude00"}]}}`;
    expect((await deliver(body)).status).toBe(200);
    expect(await eventsOf(callId)).toMatchObject([{ type: "model.dreamt\uFFFD", outcome: "unknown" }]);
  });

  test("JSON text in a tool call's arguments is cleaned, and deep nesting in it does not prevent an answer", async () => {
    const callId = randomUUID();
    const depth = 20_000;
    const texts = [
      '{"text":"\\u0000\\ud800"}',
      `{"text":"hi","more":${"[".repeat(depth)}${"]".repeat(depth)}}`,
    ];
    const asked = texts.map((text, index) => ({
      id: `call_${index}`,
      function: { name: "echo", arguments: text },
    }));
    const { status, body } = await deliver({
      message: { type: "tool-calls", toolCallList: asked, call: { id: callId } },
    });
    expect(status).toBe(200);
    expect(body.results.map((each: { result?: string }) => each.result)).toEqual([
      expect.stringContaining("\uFFFD"),
      expect.stringContaining("hi"),
    ]);
    expect(await eventsOf(callId)).toMatchObject([{ outcome: "recorded" }]);
    expect((await readFacts(callId)).toolCalls).toHaveLength(2);
  });

  test("an object with an odd length where text is expected is answered 200 or 400", async () => {
    const odd = { length: { toString: 1 }, size: { valueOf: null } };
    for (const [name, value] of [
      ["type", odd],
      ["call", { id: odd }],
      ["role", odd],
      ["messages", odd],
      ["toolCallList", [{ id: odd, function: { name: odd, arguments: odd } }]],
      ["customer", { number: odd }],
    ] as const) {
      for (const type of ["transcript", "tool-calls", "conversation-update", "end-of-call-report"]) {
        const { status } = await deliver({ message: { type, [name]: value } });
        expect(`${type} ${name} ${[200, 400].includes(status)}`).toBe(`${type} ${name} true`);
      }
    }
  });
});

describe("webhook: text handling", () => {
  const across = (cap: number) => `${"a".repeat(cap - 1)}😀 and more`;

  test("an emoji split at the 8,000th character does not keep a report, tool result, argument or answer from being recorded", async () => {
    const long = across(8_000);
    const tool = (callId: string) => [
      {
        role: "tool_calls",
        time: 1_768_467_601_000,
        toolCalls: [{ id: "call_kb", function: { name: "search_menu", arguments: "{}" } }],
      },
      {
        role: "tool_call_result",
        time: 1_768_467_602_000,
        toolCallId: "call_kb",
        result: `${long} ${callId}`,
      },
    ];
    const ids = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
    const messages = tool(ids[0]);
    const bodies = [
      endOfCallReport({ callId: ids[0], with: { artifact: { messages }, messages } }),
      conversationUpdate({ callId: ids[1], with: { messages: tool(ids[1]) } }),
      endOfCallReport({ callId: ids[2], with: { analysis: { structuredData: { notes: long, [long]: 1 } } } }),
      toolCalls([{ id: "call_1", name: "echo", arguments: { text: long } }], { callId: ids[3] }),
    ];
    for (const body of bodies) expect((await deliver(body)).status).toBe(200);
    for (const callId of ids) expect(await eventsOf(callId)).toMatchObject([{ outcome: "recorded" }]);
    expect((await readFacts(ids[0])).toolCalls[0]?.result).toMatch(/^a{7999}… \(\d+ characters\)$/);
    const report = (await readFacts(ids[2])).report[0];
    expect(JSON.stringify(report?.structuredData).isWellFormed()).toBe(true);
  });

  test("two lines with the same role and time are both stored, and stored once when repeated", async () => {
    const callId = randomUUID();
    const at = Date.UTC(2026, 0, 15, 9, 0, 5);
    const messages = [
      { role: "bot", message: "Good morning.", time: at },
      { role: "bot", message: "Who is calling, please?", time: at },
      { role: "user", message: "It is me.", time: at },
    ];
    const update = () => conversationUpdate({ callId, with: { messages, conversation: [] } });
    expect((await deliver(update())).status).toBe(200);
    const more = conversationUpdate({ callId, atMs: 90_000, with: { messages, conversation: [] } });
    expect((await deliver(more)).status).toBe(200);
    const { lines, events: kept } = await readFacts(callId);
    expect(kept.map(({ outcome }) => outcome)).toEqual(["recorded", "recorded"]);
    expect(lines.map(({ text }) => text).sort()).toEqual([
      "Good morning.",
      "It is me.",
      "Who is calling, please?",
    ]);
  });

  const folder = new URL("../../../../shared/cases/", import.meta.url);
  for (const name of ["surrogate-cut-8000", "same-role-same-time"]) {
    test.runIf(existsSync(new URL(`${name}.json`, folder)))(
      `the reported case ${name} is recorded without issues`,
      async () => {
        const bodies: { message: { call: { id: string } } }[] = JSON.parse(
          readFileSync(new URL(`${name}.json`, folder), "utf8"),
        );
        for (const body of bodies) {
          const callId = randomUUID();
          body.message.call.id = callId;
          expect((await deliver(body)).status).toBe(200);
          expect(await eventsOf(callId)).toMatchObject([{ outcome: "recorded", issues: null }]);
          if (name === "same-role-same-time") expect((await readFacts(callId)).lines).toHaveLength(3);
        }
      },
    );
  }
});

describe("webhook: long lists", () => {
  test("the first 128 of 30,000 tool calls are run and answered, and the event records the limit", async () => {
    const callId = randomUUID();
    const asked = Array.from({ length: 30_000 }, (_, index) => ({
      id: `call_${index}`,
      type: "function",
      function: { name: "echo", arguments: { text: String(index) } },
    }));
    const message = {
      type: "tool-calls",
      toolCallList: asked,
      toolCalls: asked.slice(0, 200),
      call: { id: callId },
    };
    const { status, body } = await deliver({ message });
    expect(status).toBe(200);
    expect(body.results).toHaveLength(128);
    expect(body.results[127].toolCallId).toBe("call_127");
    const { toolCalls: kept, events: log } = await readFacts(callId);
    expect(kept).toHaveLength(128);
    expect(kept.every(({ isAnswered }) => isAnswered)).toBe(true);
    expect(log).toMatchObject([
      {
        outcome: "recorded",
        issues: [
          { path: "message.toolCallList", message: "30000 entries: the first 128 were read." },
          { path: "message.toolCalls" },
        ],
      },
    ]);
  });

  test.each([
    ["conversation-update", "messages"],
    ["end-of-call-report", "costs"],
    ["end-of-call-report", "messages"],
    ["knowledge-base-request", "messages"],
    ["model.dreamt", "parameters"],
  ])(
    "a %s with 12,000 %s is read up to entry 10,000, and the event records the limit",
    async (type, list) => {
      const callId = randomUUID();
      const entries = Array.from({ length: 12_000 }, () => ({ role: "x" }));
      const body = buildBody(type, { [list]: entries }, { callId });
      expect((await deliver(body)).status).toBe(200);
      const [event] = await eventsOf(callId);
      expect(event?.outcome).not.toBe("malformed");
      expect(event?.issues).toContainEqual({
        path: `message.${list}`,
        message: "12000 entries: the first 10000 were read.",
      });
    },
  );
});

describe("webhook: events without a call ID", () => {
  test("an event is added to its call even when the call already has the same lines", async () => {
    const conversation = randomUUID();
    const callId = randomUUID();
    const named = conversationUpdate({ callId });
    const { call: _, ...rest } = Object(named.message);
    const bare = { message: { ...rest, timestamp: Number(rest.timestamp) - 1_000 } };
    expect((await deliver(bare, { conversation })).status).toBe(200);
    expect((await deliver(named, { conversation })).status).toBe(200);
    const { lines, call, events: kept } = await readFacts(callId);
    expect(call).toHaveLength(1);
    expect(kept).toHaveLength(2);
    expect(lines.length).toBeGreaterThan(0);
    expect((await readFacts(conversation)).call).toEqual([]);
    expect(await db.select().from(setAside)).toEqual([]);
  });

  test("an event left over by a process that died is added with the call's next event", async () => {
    const conversation = randomUUID();
    const callId = randomUUID();
    const { call: _, ...bare } = Object(transcriptFinal("user", "Hello?", { callId }).message);
    await deliver({ message: bare }, { conversation });
    await recordEvents(db.$client, [readDelivery(statusUpdate("in-progress", { callId }), conversation)]);
    expect((await readFacts(callId)).lines).toEqual([]);

    await deliver(transcriptFinal("assistant", "Hello.", { callId, atMs: 9_000 }), { conversation });
    expect((await readFacts(callId)).lines.map(({ text }) => text).sort()).toEqual(["Hello.", "Hello?"]);
  });
});

test("webhook: every ended call is in the archive, even after rejected deliveries", async () => {
  const missing = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.status, "ended"), isNull(calls.documentedVersion)));
  expect(missing).toEqual([]);
});
