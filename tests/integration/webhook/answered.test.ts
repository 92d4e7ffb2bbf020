import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { callDocuments } from "@/db/schema/reports";
import { boardChannel } from "@/lib/realtime/push";
import { assistantRequest } from "@/tests/fixtures/assistant-request";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { functionCall } from "@/tests/fixtures/function-call";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

const echo = { id: "call_1", name: "echo", arguments: { text: "hello" } };

describe("answered events", () => {
  /** Returns the board's pushes about a call from now on. */
  async function watchBoard(callId: string) {
    const pushes = collectPushes(await join(await connectClient(testPusher.port), boardChannel));
    return () =>
      pushes.flatMap((push) => (push.kind === "call" && push.call.id === callId ? [push.call] : []));
  }

  it("a tool call is pushed to the board with the tool's name", async () => {
    const callId = randomUUID();
    const readPushes = await watchBoard(callId);
    await deliver(toolCalls([echo], { callId }));
    await expect.poll(readPushes).toMatchObject([{ lastToolName: "echo", version: 1 }]);
  });

  it("a 2024-format function-call is pushed to the board with the tool's name", async () => {
    const callId = randomUUID();
    const readPushes = await watchBoard(callId);
    await deliver(functionCall("echo", { text: "hello" }, { callId, messages: [] }));
    await expect.poll(readPushes).toMatchObject([{ lastToolName: "echo", version: 1 }]);
  });

  it("a ringing call is pushed to the board during its assistant-request", async () => {
    const { message } = assistantRequest();
    const callId = randomUUID();
    const readPushes = await watchBoard(callId);
    await deliver({ message: { ...message, call: { ...Object(Reflect.get(message, "call")), id: callId } } });
    await expect.poll(readPushes).toMatchObject([{ status: "ringing", version: 1 }]);
  });

  it("a tool call after the caller has waited too long opens a no-answer alert before any scheduled check", async () => {
    const call = startLiveCall();
    await call.answered(40);
    await call.starts("user", 30);
    await call.stops("user", 25);
    await call.tell((options) => toolCalls([echo], options))(2);
    const rows = await db.execute(sql`select kind, closed_at from alerts where call_id = ${call.callId}`);
    expect(rows).toMatchObject([{ kind: "no-answer", closed_at: null }]);
  });

  it("a tool call that arrives after the report updates the archived call", async () => {
    const callId = randomUUID();
    await deliver(endOfCallReport({ callId }));
    await deliver(toolCalls([echo], { callId }));
    const [call] = await db.select().from(calls).where(eq(calls.id, callId));
    expect(call).toMatchObject({ version: 2, documentedVersion: 2 });
    expect(await db.$count(callDocuments, eq(callDocuments.callId, callId))).toBe(1);
  });
});

describe("answered events, when recording fails at first", () => {
  /** Makes the database reject the call's next event, once. The sequence that counts is not rolled back with the failure. */
  async function failOnce(callId: string): Promise<void> {
    const name = `fail_${callId.replaceAll("-", "")}`;
    await db.execute(sql.raw(`create sequence ${name}`));
    await db.execute(
      sql.raw(`create function ${name}() returns trigger language plpgsql as $$
        begin
          if nextval('${name}') = 1 then raise exception 'the disk is full'; end if;
          return new;
        end $$`),
    );
    await db.execute(
      sql.raw(
        `create trigger ${name} before insert on events for each row when (new.call_id = '${callId}') execute function ${name}()`,
      ),
    );
  }

  it.each([
    ["a tool call", (callId: string) => toolCalls([echo], { callId })],
    [
      "a function-call",
      (callId: string) => functionCall("echo", { text: "hello" }, { callId, messages: [] }),
    ],
  ])("%s is answered, and recorded on the retry", async (_, make) => {
    const callId = randomUUID();
    await failOnce(callId);
    const { status, body } = await deliver(make(callId));
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain("hello");
    const kept = await db.select().from(events).where(eq(events.callId, callId));
    expect(kept).toMatchObject([{ outcome: "recorded", repeats: 0 }]);
    const [call] = await db.select().from(calls).where(eq(calls.id, callId));
    expect(call).toMatchObject({ lastToolName: "echo", version: 1 });
  });
});
