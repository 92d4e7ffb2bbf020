import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { LiveCall } from "@/tests/support/deliveries/live-call";
import { startReceiver } from "@/tests/support/servers/start-receiver";

/** Vapi's REST API, reduced to calls by ID. */
const known = new Map<string, unknown>();
const vapi = await startReceiver(({ path }) => {
  const call = known.get(path.replace(/^\/call\//, ""));
  if (call === "broken") return { status: 500, body: {} };
  return call ? { body: call } : { status: 404, body: { message: "Couldn't find call." } };
});
process.env.VAPI_API_KEY = "test-api-key";
process.env.VAPI_BASE_URL = vapi.url;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { calls } = await import("@/db/schema/calls");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { checkStaleCalls } = await import("@/lib/tick/server/stale-calls");
const { closeLostCall } = await import("@/lib/tick/server/stale-calls");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { endOfCallReport } = await import("@/tests/fixtures/end-of-call-report");
const { statusUpdate } = await import("@/tests/fixtures/status-update");

afterAll(() => vapi.stop());

beforeEach(() => {
  vapi.received.length = 0;
});

const read = async (callId: string) => {
  const detail = await getCallDetail(db, callId);
  if (!detail) throw new Error("the call is not there");
  return detail;
};

/** A call as returned by `GET /call/{id}` once it has ended. */
const ended = (call: LiveCall) => ({
  id: call.callId,
  orgId: "org",
  type: "inboundPhoneCall",
  status: "ended",
  createdAt: call.isoAgo(1_000),
  updatedAt: call.isoAgo(600),
  startedAt: call.isoAgo(990),
  endedAt: call.isoAgo(700),
  endedReason: "customer-ended-call",
  cost: 0.31,
  costBreakdown: { stt: 0.1, llm: 0.2, total: 0.31 },
  analysis: { summary: "They asked for an appointment." },
  artifact: {
    messages: [
      { role: "bot", message: "How can I help?", time: call.secondsAgo(985).getTime(), secondsFromStart: 5 },
      {
        role: "user",
        message: "An appointment, please.",
        time: call.secondsAgo(980).getTime(),
        secondsFromStart: 10,
      },
    ],
  },
});

describe("a call without events for minutes", () => {
  test("is looked up in Vapi, and its missed facts are recorded", async () => {
    const call = startLiveCall();
    await call.answered(900);
    known.set(call.callId, ended(call));
    await checkStaleCalls(db);
    const { call: now, report, lines } = await read(call.callId);
    expect(now).toMatchObject({
      status: "ended",
      endedReason: "customer-ended-call",
      durationSeconds: 290,
      costUsd: 0.31,
    });
    expect(report?.summary).toBe("They asked for an appointment.");
    expect(lines.map(({ text }) => text)).toEqual(["How can I help?", "An appointment, please."]);
    expect(vapi.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer test-api-key"]);
  });

  test("stays live if Vapi says so, and is not looked up again at once", async () => {
    const call = startLiveCall();
    await call.answered(900);
    known.set(call.callId, { ...ended(call), status: "in-progress", endedAt: undefined });
    await Promise.all([checkStaleCalls(db), checkStaleCalls(db), checkStaleCalls(db)]);
    await checkStaleCalls(db);
    expect((await read(call.callId)).call.status).toBe("in-progress");
    expect(vapi.received).toHaveLength(1);
  });

  test("is ended as lost if Vapi does not know it", async () => {
    const call = startLiveCall();
    await call.answered(900);
    await checkStaleCalls(db);
    expect((await read(call.callId)).call).toMatchObject({ status: "ended", endedReason: "lost-contact" });
  });

  test("stays unchanged while Vapi fails, and is looked up again later", async () => {
    const call = startLiveCall();
    await call.answered(900);
    known.set(call.callId, "broken");
    await checkStaleCalls(db);
    expect((await read(call.callId)).call.status).toBe("in-progress");
    known.set(call.callId, ended(call));
    await db
      .update(calls)
      .set({ checkedAt: sql`now() - interval '6 minutes'` })
      .where(eq(calls.id, call.callId));
    await checkStaleCalls(db);
    expect((await read(call.callId)).call.status).toBe("ended");
  });

  test("is not looked up if an event came within five minutes", async () => {
    const call = startLiveCall();
    await call.answered(240);
    await checkStaleCalls(db);
    expect(vapi.received).toEqual([]);
  });
});

describe("a call ended as lost", () => {
  const close = async (callId: string, times = 1) => {
    const rows = await db.select().from(calls).where(eq(calls.id, callId));
    await Promise.all(rows.flatMap((row) => Array.from({ length: times }, () => closeLostCall(db, row))));
  };

  test("takes its end from a late report", async () => {
    const call = startLiveCall();
    await call.answered(900);
    await close(call.callId);
    await deliver(
      endOfCallReport({
        callId: call.callId,
        with: {
          timestamp: call.secondsAgo(600).getTime(),
          startedAt: call.isoAgo(901),
          endedAt: call.isoAgo(610),
        },
      }),
    );
    expect((await read(call.callId)).call).toMatchObject({
      endedReason: "customer-ended-call",
      endedAt: call.isoAgo(610),
      durationSeconds: 291,
    });
  });

  test("becomes live again when an event arrives, regardless of write order, and can be ended again", async () => {
    for (const isClosedFirst of [true, false]) {
      const call = startLiveCall();
      await call.answered(900);
      const [row] = await db.select().from(calls).where(eq(calls.id, call.callId));
      if (!row) throw new Error("the call is not there");
      if (isClosedFirst) await closeLostCall(db, row);
      await call.starts("user", 500);
      if (!isClosedFirst) await closeLostCall(db, row);
      expect((await read(call.callId)).call).toMatchObject({
        status: "in-progress",
        endedAt: null,
        endedReason: null,
        durationSeconds: null,
      });
      await close(call.callId);
      expect((await read(call.callId)).call).toMatchObject({
        status: "ended",
        endedReason: "lost-contact",
        endedAt: new Date(call.secondsAgo(500).getTime() + 1).toISOString(),
      });
    }
  });

  test("stays ended when Vapi reports an end without a reason, regardless of write order", async () => {
    for (const isClosedFirst of [true, false]) {
      const call = startLiveCall();
      await call.answered(900);
      const [row] = await db.select().from(calls).where(eq(calls.id, call.callId));
      if (!row) throw new Error("the call is not there");
      if (isClosedFirst) await closeLostCall(db, row);
      const timestamp = call.secondsAgo(500).getTime();
      const { message } = statusUpdate("ended", { callId: call.callId, with: { timestamp } });
      await deliver({ message: { ...message, endedReason: undefined } });
      if (!isClosedFirst) await closeLostCall(db, row);
      expect((await read(call.callId)).call).toMatchObject({ status: "ended", endedAt: call.isoAgo(500) });
    }
  });

  test("offers no recording before a report has come", async () => {
    const call = startLiveCall();
    await call.answered(900);
    await close(call.callId);
    expect((await read(call.callId)).recording).toMatchObject({ state: "none" });
  });

  test("is ended once, even by three concurrent checks", async () => {
    const call = startLiveCall();
    await call.answered(900);
    await close(call.callId, 3);
    const { call: closed } = await read(call.callId);
    expect(closed).toMatchObject({ status: "ended", endedReason: "lost-contact", version: 2 });
  });
});
