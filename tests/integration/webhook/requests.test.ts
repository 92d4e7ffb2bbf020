import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { buildBody } from "@/tests/fixtures/build-body";
import { functionCall } from "@/tests/fixtures/function-call";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";

const newCall = () => ({ callId: randomUUID() });
const outcomesOf = (callId: string) => db.select().from(events).where(eq(events.callId, callId));

describe("webhook: credentials", () => {
  const body = () => statusUpdate("in-progress", newCall());

  it.each([
    ["the secret as X-Vapi-Secret", { "x-vapi-secret": "test-webhook-secret" }],
    ["the secret as a Bearer token", { "x-vapi-secret": "", authorization: "Bearer test-webhook-secret" }],
    ["the next secret, while rotating", { "x-vapi-secret": "next-webhook-secret" }],
  ])("%s is accepted", async (_, headers) => {
    expect((await deliver(body(), { headers })).status).toBe(200);
  });

  it.each([
    ["an empty secret, as Vapi sends when none is set", { "x-vapi-secret": "" }],
    ["a wrong secret", { "x-vapi-secret": "test-webhook-secreT" }],
    ["both secrets as one", { "x-vapi-secret": "test-webhook-secret,next-webhook-secret" }],
    ["a wrong Bearer token", { "x-vapi-secret": "", authorization: "Bearer nope" }],
    ["the secret without the word Bearer", { "x-vapi-secret": "", authorization: "test-webhook-secret" }],
  ])("%s is rejected with 401, and nothing is stored", async (_, headers) => {
    const call = newCall();
    const answer = await deliver(statusUpdate("in-progress", call), { headers });
    expect(answer).toMatchObject({ status: 401, body: { title: "Unauthorized" } });
    expect(await outcomesOf(call.callId)).toEqual([]);
  });
});

describe("webhook: responses", () => {
  it.each([
    ["no JSON", "{"],
    ["an array", "[]"],
    ["no message", "{}"],
    ["no type", '{"message":{}}'],
    ["a type that is no text", '{"message":{"type":7}}'],
  ])("%s gets 400 with an explanation", async (_, body) => {
    const answer = await deliver(body);
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining("message") } });
  });

  it("a conversation ID other than a UUID gets 404", async () => {
    expect((await deliver(statusUpdate("ended"), { conversation: "my-call" })).status).toBe(404);
  });

  it("a body over 5 MB gets 413, with or without a declared length", async () => {
    const body = JSON.stringify({ message: { type: "hang", filler: "x".repeat(5 * 1024 * 1024) } });
    expect((await deliver(body)).status).toBe(413);
    expect((await deliver(body, { headers: { "content-length": "" } })).status).toBe(413);
  });

  it("an unknown type is answered 200 and stored as unknown", async () => {
    const call = newCall();
    expect((await deliver(buildBody("call.mood-detected", { mood: "happy" }, call))).status).toBe(200);
    expect(await outcomesOf(call.callId)).toMatchObject([{ outcome: "unknown", message: { mood: "happy" } }]);
  });

  it("a malformed message of a known type is answered 200 and stored with its issues", async () => {
    const call = newCall();
    expect((await deliver(buildBody("speech-update", { status: "begun", role: "user" }, call))).status).toBe(
      200,
    );
    expect(await outcomesOf(call.callId)).toMatchObject([
      {
        outcome: "malformed",
        issues: [{ path: "status", message: expect.stringContaining("started") }],
        message: { status: "begun" },
      },
    ]);
  });

  it("characters PostgreSQL cannot store are replaced, and the rest of the text is stored", async () => {
    const call = newCall();
    const body = JSON.stringify(
      buildBody("transcript", { role: "user", transcriptType: "final", transcript: "a@b" }, call),
    );
    expect((await deliver(body.replace('"a@b"', '"a\\u0000b\\ud83d"'))).status).toBe(200);
    expect((await getCallDetail(db, call.callId))?.lines).toMatchObject([{ text: "a\uFFFDb\uFFFD" }]);
  });
});

describe("webhook: an event's conversation and call", () => {
  it("the URL's conversation is created by its first event and shared by its calls", async () => {
    const conversation = randomUUID();
    const [one, two] = [newCall(), newCall()];
    for (const call of [one, two])
      await deliver(statusUpdate("in-progress", call), { conversation: conversation.toUpperCase() });
    const detail = await getCallDetail(db, two.callId);
    expect(detail?.conversation).toEqual({ uuid: conversation, name: null, context: {}, version: 1 });
    const rows = await db
      .select({ in: calls.conversationId })
      .from(calls)
      .where(inArray(calls.id, [one.callId, two.callId]));
    expect(rows).toEqual([{ in: conversation }, { in: conversation }]);
  });

  it("a call is its own conversation when the URL has no UUID", async () => {
    const call = newCall();
    await deliver(statusUpdate("in-progress", call));
    expect((await getCallDetail(db, call.callId))?.conversation.uuid).toBe(call.callId);
  });

  it("Vapi's x-call-id header identifies the call of a message without a call ID", async () => {
    const { callId } = newCall();
    const message = { type: "hang", timestamp: Date.UTC(2026, 0, 15, 9) };
    await deliver({ message }, { headers: { "x-call-id": callId } });
    expect((await getCallDetail(db, callId))?.call.hangs).toBe(1);
  });
});

describe("webhook: events Vapi waits for", () => {
  const ask = (id: string, name: string, args: unknown) => ({
    id,
    type: "function",
    function: { name, arguments: args },
  });

  it("parallel tool calls are answered together, each in one line, and stored once", async () => {
    const call = newCall();
    const asked = [
      ask("call_1", "echo", { text: "one\ntwo" }),
      ask("call_2", "echo", '{"text":"three"}'),
      ask("call_3", "nope", {}),
    ];
    const body = buildBody(
      "tool-calls",
      { toolCalls: asked, toolCallList: asked, toolWithToolCallList: [] },
      call,
    );
    const results = [
      { name: "echo", toolCallId: "call_1", result: "one two" },
      { name: "echo", toolCallId: "call_2", result: "three" },
      { name: "nope", toolCallId: "call_3", error: "There is no tool named nope." },
    ];
    const answers = await Promise.all([deliver(body), deliver(body)]);
    for (const answer of answers) expect(answer).toEqual({ status: 200, body: { results } });
    const detail = await getCallDetail(db, call.callId);
    expect(detail?.toolCalls).toHaveLength(3);
    expect(detail?.toolCalls[0]).toMatchObject({
      toolCallId: "call_1",
      arguments: { text: "one\ntwo" },
      result: "one two",
      error: null,
    });
    expect(detail?.toolCalls[0]?.answeredAt).not.toBeNull();
  });

  it("a tool call in the flat format of Vapi's docs and one with non-JSON arguments are both answered", async () => {
    const flat = { id: "toolu_1", name: "echo", parameters: { text: "flat" } };
    const odd = ask("call_odd", "echo", "not json");
    const answer = await deliver(buildBody("tool-calls", { toolCallList: [flat, odd] }, newCall()));
    expect(answer.body).toMatchObject({
      results: [
        { toolCallId: "toolu_1", result: "flat" },
        { toolCallId: "call_odd", error: expect.any(String) },
      ],
    });
  });

  it("an empty list of tool calls gets an empty list of results and is recorded", async () => {
    const callId = randomUUID();
    const empty = buildBody("tool-calls", { toolCallList: [], toolCalls: [] }, { callId });
    expect(await deliver(empty)).toMatchObject({ status: 200, body: { results: [] } });
    const [event] = await db.select().from(events).where(eq(events.callId, callId));
    expect(event?.outcome).toBe("recorded");
  });

  it("a 2024-format function-call gets a response in that format", async () => {
    const call = newCall();
    const body = functionCall("echo", { text: "hello" }, call);
    expect(await deliver(body)).toEqual({ status: 200, body: { result: "hello" } });
    expect((await getCallDetail(db, call.callId))?.toolCalls).toMatchObject([
      { name: "echo", result: "hello" },
    ]);
  });

  it("an assistant-request is answered with the environment's assistant, and the call is recorded as ringing", async () => {
    const call = newCall();
    const answer = await deliver(buildBody("assistant-request", {}, call));
    expect(answer).toEqual({ status: 200, body: { assistantId: "assistant-for-tests" } });
    expect((await getCallDetail(db, call.callId))?.call.status).toBe("ringing");
  });
});
