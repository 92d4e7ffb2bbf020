import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as erase } from "@/app/api/privacy/deletion/route";
import { POST as preview } from "@/app/api/privacy/preview/route";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { auditLog } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { conversations, conversationVersions } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { reports } from "@/db/schema/reports";
import { patchContext } from "@/lib/conversations/server/change";
import { applyRetention } from "@/lib/privacy/server/erase";
import { buildBody } from "@/tests/fixtures/build-body";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { dumpDatabase } from "@/tests/support/database/dump-database";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { leaveEveryTrace, leaveTraces, tracedCaller, traces } from "@/tests/support/people/traced-caller";

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

beforeEach(async () => {
  for (const table of [calls, events, conversations]) await db.delete(table);
});

const post = (path: string, json: object) => send(path, { method: "POST", cookie: admin.cookie, json });
const look = async (subject: object) => (await preview(post("/api/privacy/preview", subject))).json();
const eraseAll = async (subject: object, confirmation: string) => {
  const response = await erase(post("/api/privacy/deletion", { subject, confirmation }));
  return { status: response.status, body: await response.json() };
};

const byNumber = { kind: "number", number: "+1 (555) 734-0912" };

describe("deleting everything about a caller", () => {
  it("previews the amounts, and leaves no trace of the caller in any table", async () => {
    const other = await leaveTraces({ number: "+15550000001" });
    await db.delete(calls).where(eq(calls.id, other));
    await db.delete(events).where(eq(events.callId, other));
    const mine = [await leaveTraces(), await leaveTraces({ isEnded: true, daysAgo: 3 })];
    expect(await dumpDatabase("audit_log")).toMatch(traces);

    const counts = await look(byNumber);
    expect(counts).toMatchObject({ calls: 2, live: 0, reports: 2, toolCalls: 2, lines: 4 });
    expect(counts.events).toBeGreaterThanOrEqual(10);
    expect(await eraseAll(byNumber, "delete 2 calls")).toEqual({
      status: 200,
      body: { calls: 2, remaining: 0 },
    });

    expect(await dumpDatabase()).not.toMatch(traces);
    for (const id of mine) expect(await getCallDetail(db, id)).toBeNull();
    expect(await look(byNumber)).toMatchObject({ calls: 0, events: 0 });
  });

  it("finds the caller in every field, including notes, tags, transfers, errors, contexts and their history", async () => {
    await leaveEveryTrace();
    expect((await eraseAll(byNumber, "delete 1 call")).status).toBe(200);
    const [kept] = await db.select().from(conversations);
    // A named conversation is a setting, and keeps its name.
    await db.delete(conversations);
    expect(kept?.context).toEqual({});
    expect(await dumpDatabase("audit_log")).not.toMatch(traces);
  });

  it("leaves other callers' calls unchanged", async () => {
    const other = await leaveTraces({ number: "+15550000001" });
    await leaveTraces();
    const before = await getCallDetail(db, other);
    await eraseAll(byNumber, "delete 1 call");
    expect(await getCallDetail(db, other)).toEqual(before);
    expect((await db.select().from(events).where(eq(events.callId, other))).length).toBeGreaterThan(4);
  });

  it("deletes events without a call that contain the number", async () => {
    const message = {
      type: "session.created",
      timestamp: Date.now(),
      session: { note: tracedCaller.number },
    };
    await deliver({ message }, { conversation: randomUUID() });
    expect(await dumpDatabase()).toMatch(traces);
    expect(await eraseAll(byNumber, "delete 0 calls")).toMatchObject({ status: 200 });
    expect(await dumpDatabase()).not.toMatch(traces);
  });

  it("by conversation deletes its calls, its context and the conversation itself", async () => {
    const uuid = randomUUID();
    await leaveTraces({ conversation: uuid });
    await leaveTraces({ conversation: uuid, number: "+15550000001" });
    await deliver(buildBody("chat.created", { chat: { id: "x" } }, { with: { call: undefined } }), {
      conversation: uuid,
    });
    await db
      .update(conversations)
      .set({ name: "Intake", context: { who: "x" } })
      .where(eq(conversations.id, uuid));
    const subject = { kind: "conversation", uuid: uuid.toUpperCase() };
    expect(await look(subject)).toMatchObject({ calls: 2 });
    expect((await eraseAll(subject, "Delete 2 calls")).status).toBe(200);
    expect(await dumpDatabase("audit_log")).not.toContain(uuid);
    expect(await dumpDatabase()).not.toMatch(traces);
  });

  it("by number keeps a named conversation, with an empty context", async () => {
    const uuid = randomUUID();
    await leaveTraces({ conversation: uuid });
    const context = { caller: tracedCaller.name };
    await db.update(conversations).set({ name: "Intake", context }).where(eq(conversations.id, uuid));
    await eraseAll(byNumber, "delete 1 call");
    const [kept] = await db.select().from(conversations).where(eq(conversations.id, uuid));
    expect(kept).toMatchObject({ name: "Intake", context: {}, version: 2, lastCallId: null });
  });

  it("by number keeps a conversation with other callers, and updates its newest call", async () => {
    const uuid = randomUUID();
    const other = await leaveTraces({ conversation: uuid, number: "+15550000001", daysAgo: 1 });
    await leaveTraces({ conversation: uuid });
    await eraseAll(byNumber, "delete 1 call");
    const [kept] = await db.select().from(conversations).where(eq(conversations.id, uuid));
    expect(kept?.lastCallId).toBe(other);
  });

  it("by number deletes every context version that contained the number, and records that in the history", async () => {
    const [shared, named] = [randomUUID(), randomUUID()];
    await leaveTraces({ conversation: shared, number: "+15550000001" });
    await leaveTraces({ conversation: named });
    await db.delete(events);
    await db.update(conversations).set({ name: "Intake" }).where(eq(conversations.id, named));
    const by = { kind: "tool", id: "call_1", name: "update_context" } as const;
    for (const conversationId of [shared, named])
      for (const phone of [tracedCaller.number, null])
        await patchContext(db, { conversationId, patch: { phone, step: 1 }, by });
    expect(await db.$count(conversationVersions)).toBe(6);
    await eraseAll(byNumber, "delete 1 call");
    const history = await db.select().from(conversationVersions);
    expect(history).toMatchObject(
      Array(2).fill({ kind: "forgotten", version: 4, context: {}, by: { name: "Deletion of a caller" } }),
    );
  });

  it("by number keeps a context while its conversation has a live call, and deletes it on a later run", async () => {
    const uuid = randomUUID();
    const live = await leaveTraces({ conversation: uuid, number: "+15550000001", isEnded: false });
    await db
      .update(conversations)
      .set({ context: { callBack: tracedCaller.number } })
      .where(eq(conversations.id, uuid));
    const contextOf = async () => {
      const [row] = await db.select().from(conversations).where(eq(conversations.id, uuid));
      return row?.context;
    };
    await eraseAll(byNumber, "delete 0 calls");
    expect(await contextOf()).toEqual({ callBack: tracedCaller.number });
    await db.update(calls).set({ status: "ended" }).where(eq(calls.id, live));
    await eraseAll(byNumber, "delete 0 calls");
    expect(await contextOf()).toEqual({});
  });

  it("stores nothing of a late report or a repeated event", async () => {
    const [callId, other, conversation] = [randomUUID(), randomUUID(), randomUUID()];
    const ended = statusUpdate("ended", { callId, atMs: 9_000 });
    await deliver(ended, { conversation });
    await deliver(statusUpdate("ended", { callId: other, atMs: 9_000 }), { conversation });
    await eraseAll({ kind: "calls", ids: [callId] }, "delete 1 call");

    const late = [endOfCallReport({ callId }), ended, transcriptFinal("user", "It is me.", { callId })];
    const answers = await Promise.all(late.map((body) => deliver(body, { conversation })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await db.$count(calls, eq(calls.id, callId))).toBe(0);
    expect(await db.$count(events, eq(events.callId, callId))).toBe(0);
    expect(await db.$count(reports, eq(reports.callId, callId))).toBe(0);
    const [kept] = await db.select().from(conversations).where(eq(conversations.id, conversation));
    expect(kept).toMatchObject({ lastCallId: other });
  });

  it("is repeated for a call that a delivery under way has stored again", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("ended", { callId, atMs: 9_000 }));
    const [row] = await db.select().from(calls).where(eq(calls.id, callId));
    if (!row) throw new Error("The call is not there.");
    await eraseAll({ kind: "calls", ids: [callId] }, "delete 1 call");
    await db.insert(conversations).values({ id: row.conversationId });
    await db.insert(calls).values(row);
    await applyRetention(db);
    expect(await db.$count(calls, eq(calls.id, callId))).toBe(0);
  });

  it("leaves a scheduled call, which is still to come", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("scheduled", { callId }));
    expect(await look({ kind: "calls", ids: [callId] })).toMatchObject({ calls: 0, live: 1 });
  });

  it("leaves a live call complete, and deletes it once it is over", async () => {
    const live = await leaveTraces({ isEnded: false });
    await leaveTraces();
    const before = [await getCallDetail(db, live), await db.$count(events, eq(events.callId, live))];
    expect(await look(byNumber)).toMatchObject({ calls: 1, live: 1 });
    expect((await eraseAll(byNumber, "delete 1 call")).body).toEqual({ calls: 1, remaining: 0 });
    expect([await getCallDetail(db, live), await db.$count(events, eq(events.callId, live))]).toEqual(before);
    expect(await look(byNumber)).toMatchObject({ calls: 0, live: 1 });

    const { number: customerNumber, name: customerName } = tracedCaller;
    const ending = { callId: live, customerNumber, customerName, with: { timestamp: Date.now() } };
    await deliver(statusUpdate("ended", ending));
    expect(await look(byNumber)).toMatchObject({ calls: 1, live: 0 });
    expect((await eraseAll(byNumber, "delete 1 call")).body).toEqual({ calls: 1, remaining: 0 });
    expect(await getCallDetail(db, live)).toBeNull();
    expect(await dumpDatabase()).not.toMatch(traces);
  });

  it("deletes a call whose end was never reported, once it has been quiet for five minutes", async () => {
    const lost = await leaveTraces({ isEnded: false });
    const quietFor = (minutes: number) =>
      db
        .update(calls)
        .set({ lastEventAt: new Date(Date.now() - minutes * 60_000) })
        .where(eq(calls.id, lost));
    await quietFor(4);
    expect(await look(byNumber)).toMatchObject({ calls: 0, live: 1 });
    await quietFor(6);
    expect(await look(byNumber)).toMatchObject({ calls: 1, live: 0 });
    await eraseAll(byNumber, "delete 1 call");
    expect(await dumpDatabase()).not.toMatch(traces);
  });

  it.each(["", "delete", "delete 2 calls", "delete 1 calls"])(
    "does nothing when %j is typed instead of the preview's count",
    async (confirmation) => {
      await leaveTraces();
      expect(await eraseAll(byNumber, confirmation)).toMatchObject({
        status: 409,
        body: { title: "Not confirmed" },
      });
      expect(await look(byNumber)).toMatchObject({ calls: 1 });
    },
  );

  it("is recorded in the audit log with the amounts and only the last digits of the number", async () => {
    await leaveTraces();
    await eraseAll(byNumber, "delete 1 call");
    const entries = await db.select().from(auditLog).where(eq(auditLog.action, "data.deleted"));
    expect(entries.at(-1)).toMatchObject({
      actorName: admin.email,
      target: "the caller •••12",
      detail: { calls: "1", reports: "1" },
    });
    expect(JSON.stringify(entries)).not.toMatch(traces);
  });

  it("requested twice at once deletes each call once", async () => {
    for (let count = 0; count < 5; count += 1) await leaveTraces();
    const both = await Promise.all([
      eraseAll(byNumber, "delete 5 calls"),
      eraseAll(byNumber, "delete 5 calls"),
    ]);
    const deleted = both.map(({ body }) => body.calls ?? 0).reduce((sum, count) => sum + count, 0);
    expect(deleted).toBe(5);
    expect(await dumpDatabase()).not.toMatch(traces);
  });

  it.each([
    { kind: "number", number: "12" },
    { kind: "number", number: "" },
    { kind: "conversation", uuid: "x" },
    {},
  ])("for the invalid subject %j is refused", async (subject) => {
    expect((await preview(post("/api/privacy/preview", subject))).status).toBe(422);
  });
});
