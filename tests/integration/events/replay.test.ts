import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { POST as replayCall } from "@/app/api/calls/[callId]/replay/route";
import { POST as replayEvent } from "@/app/api/events/[eventKey]/replay/route";
import { db } from "@/db/client";
import { alerts, notifications } from "@/db/schema/alerts";
import { auditLog } from "@/db/schema/auth";
import { toolCalls as toolCallRows } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { type Replayed, replayAnswerSchema } from "@/lib/events/event";
import { BigInteger, stringifyJson } from "@/lib/lossless-json";
import { buildCall } from "@/tests/fixtures/build-call";
import { hang } from "@/tests/fixtures/hang";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { readFacts } from "@/tests/support/database/read-facts";
import { deliver } from "@/tests/support/deliveries/deliver";
import { underNewId } from "@/tests/support/deliveries/under-new-id";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { settled } from "@/tests/support/vitest/after";

let operator: TestPerson;

beforeAll(async () => {
  operator = await signedIn("operator");
});

async function replay(asked: { eventKey: string } | { callId: string }, cookie = operator.cookie) {
  const results: Replayed[] = [];
  for (let after = ""; ; ) {
    const request = send(`/api/replay${after}`, { method: "POST", cookie });
    const response =
      "callId" in asked
        ? await replayCall(request, { params: Promise.resolve(asked) })
        : await replayEvent(request, { params: Promise.resolve(asked) });
    await settled();
    const answer = response.ok ? replayAnswerSchema.parse(await response.json()) : null;
    results.push(...(answer?.results ?? []));
    if (!answer?.next) {
      return { status: response.status, results, outcomes: results.map(({ outcome }) => outcome) };
    }
    after = `?after=${answer.next}`;
  }
}

/** Marks events as if the handler at that time had not understood them. */
async function asOnceMisread(callId: string, type: string, outcome: "unknown" | "malformed") {
  const rows = await db.select().from(events).where(eq(events.callId, callId));
  for (const { key } of rows.filter((row) => row.type === type))
    await db.update(events).set({ outcome, issues: [] }).where(eq(events.key, key));
}

async function facts(callId: string) {
  const { call, ...rest } = await readFacts(callId);
  // A replay counts as a change of the call for pages that watch it, so the version is left out.
  return { ...rest, call: call.map(({ version: _, ...lasting }) => lasting) };
}

describe("replaying a recorded call", () => {
  test.each(["short", "long"] as const)(
    "leaves every fact of a %s call unchanged, even the second time",
    async (size) => {
      const { bodies, callId } = buildCall(size);
      const call = underNewId(bodies, callId);
      for (const body of call.bodies) await deliver(body);
      const before = await facts(call.id);
      for (let time = 0; time < 2; time += 1) {
        const { outcomes } = await replay({ callId: call.id });
        expect(outcomes.length).toBe(before.events.length);
        expect(new Set(outcomes)).toEqual(new Set(["joined-again"]));
        expect(await facts(call.id)).toEqual(before);
      }
    },
  );

  test("loses no line when replays in both directions and repeated deliveries run at once", async () => {
    const { bodies, callId } = buildCall("short");
    const call = underNewId(bodies, callId);
    const conversation = randomUUID();
    for (const body of call.bodies) await deliver(body, { conversation });
    const before = await facts(call.id);
    const keys = before.events.map(({ key }) => key);
    const statuses = await Promise.all([
      ...[1, 2, 3].map(() => replay({ callId: call.id }).then(({ status }) => status)),
      ...keys.toReversed().map((eventKey) => replay({ eventKey }).then(({ status }) => status)),
      ...call.bodies.map((body) => deliver(body, { conversation }).then(({ status }) => status)),
    ]);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await facts(call.id)).lines).toEqual(before.lines);
  });

  test("restores a tool call's integer beyond 2^53 as the number it was", async () => {
    const callId = randomUUID();
    const big = new BigInteger("2512292042121000001");
    const asked = [{ id: "call_b", name: "echo", arguments: { order_id: big } }];
    await deliver(stringifyJson(toolCalls(asked, { callId })));
    await db.delete(toolCallRows).where(eq(toolCallRows.callId, callId));
    expect((await replay({ callId })).outcomes).toEqual(["joined-again"]);
    const order = sql<string>`(${toolCallRows.arguments} -> 'order_id')::text`;
    expect(await db.select({ order }).from(toolCallRows).where(eq(toolCallRows.callId, callId))).toEqual([
      { order: big.digits },
    ]);
  });

  test("processes a long call in batches, each event once", async () => {
    const { bodies, callId } = buildCall("long");
    const call = underNewId(bodies, callId);
    for (const body of call.bodies) await deliver(body);
    const request = send("/api/replay", { method: "POST", cookie: operator.cookie });
    const response = await replayCall(request, { params: Promise.resolve({ callId: call.id }) });
    await settled();
    const first = replayAnswerSchema.parse(await response.json());
    expect(first.results.length).toBeLessThanOrEqual(50);
    expect(first.done).toBe(first.results.length);
    expect(first.next).toBe(first.results.at(-1)?.key);
    const { results } = await replay({ callId: call.id });
    expect(results).toHaveLength(first.total);
    expect(new Set(results.map(({ key }) => key)).size).toBe(first.total);
  });

  test("adds no fact, alert or notification to a call with a tool call and a hang", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId }));
    await deliver(toolCalls([{ id: "call_1", name: "echo", arguments: { text: "once" } }], { callId }));
    await deliver(hang({ callId }));
    const before = await facts(callId);
    const [alertsBefore, toldBefore] = await Promise.all([
      db.select().from(alerts),
      db.select().from(notifications),
    ]);
    await replay({ callId });
    expect(await facts(callId)).toEqual(before);
    expect(before.call[0]?.hangs).toBe(1);
    expect(await db.select().from(alerts)).toEqual(alertsBefore);
    expect(await db.select().from(notifications)).toEqual(toldBefore);
  });

  test("never replaces a line with the redacted text of the log", async () => {
    const callId = randomUUID();
    const text = `my code is Bearer abcdefgh1234 and ${"very ".repeat(2_000)}long`;
    await deliver(transcriptFinal("user", text, { callId }));
    const before = await facts(callId);
    await replay({ callId });
    expect(await facts(callId)).toEqual(before);
  });
});

describe("replaying events that were unknown or malformed", () => {
  test("turns a malformed line into a line of its call and marks the event as recorded", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId }));
    const key = await keep(transcriptFinal("user", "I would like to book.", { callId }), callId);
    expect((await replay({ eventKey: key })).outcomes).toEqual(["mended"]);
    const { lines, call, events: rows } = await readFacts(callId);
    expect(lines).toEqual([expect.objectContaining({ text: "I would like to book.", role: "user" })]);
    expect(call[0]).toMatchObject({ lastLineText: "I would like to book." });
    expect(rows.every(({ outcome, issues }) => outcome === "recorded" && issues === null)).toBe(true);
    expect((await replay({ eventKey: key })).outcomes).toEqual(["joined-again"]);
  });

  test("counts a hang of a once unknown type once, even in three concurrent replays", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId }));
    const key = await keep(hang({ callId }), callId, "unknown");
    await Promise.all([1, 2, 3].map(() => replay({ eventKey: key })));
    const { call, marks } = await readFacts(callId);
    expect(call[0]).toMatchObject({ hangs: 1 });
    expect(marks).toHaveLength(1);
  });

  test("does not run a tool that was never run, and leaves its tool call unanswered", async () => {
    const callId = randomUUID();
    const asked = [{ id: "call_1", name: "echo", arguments: { text: "late" } }];
    await deliver(statusUpdate("in-progress", { callId }));
    const key = await keep(toolCalls(asked, { callId }), callId);
    await replay({ eventKey: key });
    const { toolCalls: kept } = await readFacts(callId);
    expect(kept).toEqual([
      expect.objectContaining({ id: "call_1", result: null, error: null, isAnswered: false }),
    ]);
  });

  test("leaves an event that is still malformed unchanged and says why", async () => {
    const callId = randomUUID();
    await deliver({ message: { type: "status-update", status: 7, call: { id: callId } } });
    await deliver({ message: { type: "model.dreamt", call: { id: callId } } });
    const before = await readFacts(callId);
    const { results } = await replay({ callId });
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["still-malformed", "still-unknown"]);
    expect(results.find(({ outcome }) => outcome === "still-malformed")?.issues).toEqual([
      { path: "status", message: expect.any(String) },
    ]);
    expect(await readFacts(callId)).toEqual(before);
  });

  test("gives a misread call the same marks as one read correctly", async () => {
    const { bodies, callId } = buildCall("short");
    const [right, wrong] = [underNewId(bodies, callId), underNewId(bodies, callId)];
    for (const body of [...right.bodies, ...wrong.bodies]) await deliver(body);
    await asOnceMisread(wrong.id, "speech-update", "malformed");
    await db.execute(`delete from marks where call_id = '${wrong.id}' and kind like 'speech%'`);
    const { outcomes } = await replay({ callId: wrong.id });
    expect(outcomes).toContain("mended");
    const marksOf = async (id: string) =>
      (await readFacts(id)).marks.map(({ key: _, callId: __, ...mark }) => JSON.stringify(mark)).sort();
    expect(await marksOf(wrong.id)).toEqual(await marksOf(right.id));
  });
});

describe("permission to replay", () => {
  test("is granted to operators, whose replays are in the audit log", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId }));
    await replay({ callId });
    const entries = await db.select().from(auditLog).where(eq(auditLog.target, callId));
    expect(entries).toEqual([
      expect.objectContaining({ action: "call.replayed", detail: { events: "1", mended: "0" } }),
    ]);
  });

  test("is denied to viewers", async () => {
    const viewer = await signedIn("viewer");
    expect((await replay({ callId: "any" }, viewer.cookie)).status).toBe(403);
  });

  test("replay: an event or call that is not in the log is answered 404", async () => {
    expect((await replay({ eventKey: randomUUID() })).status).toBe(404);
    expect((await replay({ eventKey: "none" })).status).toBe(404);
    expect((await replay({ callId: randomUUID() })).status).toBe(404);
  });
});

/** Logs a body as one that was not understood when it arrived: stored as received, without any facts. Returns its key. */
async function keep(
  body: { message: object },
  callId: string,
  outcome: "unknown" | "malformed" = "malformed",
) {
  const { type } = body.message as { type: string };
  await deliver({ message: { ...body.message, type: `then.${type}` } });
  const [row] = await db
    .update(events)
    .set({
      type,
      outcome,
      callId,
      issues: outcome === "malformed" ? [{ path: "x", message: "wrong" }] : null,
    })
    .where(eq(events.type, `then.${type}`))
    .returning();
  return row?.key ?? "";
}
