import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { db } from "@/db/client";
import { getPulse, listCalls } from "@/db/queries/calls/read";
import { viewLiveCalls } from "@/lib/privacy/server/view-calls";
import { deliver } from "@/tests/support/deliveries/deliver";

const minuteMs = 60_000;

/** A call that began `agoMs` ago. Times of its events (`atMs`) count from its beginning. */
function beginCall(agoMs: number) {
  const callId = randomUUID();
  const beganMs = Date.now() - agoMs;
  const call = { id: callId, createdAt: new Date(beganMs).toISOString() };
  const say = (message: object, atMs: number) =>
    deliver({ message: { ...message, call, timestamp: beganMs + atMs } });
  return {
    callId,
    becomes: (status: string, atMs: number) =>
      say(
        { type: "status-update", status, ...(status === "ended" && { endedReason: "customer-ended-call" }) },
        atMs,
      ),
    speaks: async (role: "user" | "assistant", fromMs: number, untilMs: number) => {
      await say({ type: "speech-update", status: "started", role }, fromMs);
      await say({ type: "speech-update", status: "stopped", role }, untilMs);
    },
    hangs: (atMs: number) => say({ type: "hang" }, atMs),
  };
}

beforeEach(() => db.$client`truncate calls cascade`);

it("board: it shows live calls and calls that ended moments ago, but no older ones", async () => {
  const [live, justEnded, longOver] = [minuteMs, minuteMs, 10 * minuteMs].map(beginCall);
  for (const call of [live, justEnded, longOver]) await call?.becomes("in-progress", 0);
  await justEnded?.becomes("ended", minuteMs - 1_000);
  await longOver?.becomes("ended", minuteMs);
  const ids = (await listCalls(db, { state: "board", limit: 1_000 })).calls.map(({ id }) => id);
  expect(ids).toContain(live?.callId);
  expect(ids).toContain(justEnded?.callId);
  expect(ids).not.toContain(longOver?.callId);
});

it("board: it shows every live call, even more than fit in one response", async () => {
  await db.$client`
    with conversation as (insert into conversations (id) values (gen_random_uuid()) returning id)
    insert into calls (id, conversation_id, status, status_rank, created_at, last_event_at)
    select gen_random_uuid()::text, conversation.id, 'in-progress', 1, date_trunc('milliseconds', now()), now()
    from conversation, generate_series(1, 2001)
  `;
  const ids = (await viewLiveCalls(db, { role: "operator" })).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2_001);
  expect(ids).toHaveLength(2_001);
});

it("board: its figures compare hang rate and median response of the last hour with the hour before", async () => {
  const replies = { hung: 1_000, calm: 1_000, earlier: 4_000 };
  const calls = {
    hung: beginCall(20 * minuteMs),
    calm: beginCall(30 * minuteMs),
    earlier: beginCall(90 * minuteMs),
  };
  for (const name of ["hung", "calm", "earlier"] as const) {
    const call = calls[name];
    await call.becomes("in-progress", 0);
    await call.speaks("user", 1_000, 3_000);
    await call.speaks("assistant", 3_000 + replies[name], 9_000);
    if (name === "hung") await call.hangs(9_500);
    await call.becomes("ended", 12_000);
    // A hang after the end does not count.
    if (name === "calm") await call.hangs(13_000);
  }
  const { hour, before } = await getPulse(db, new Date());
  expect(hour).toMatchObject({ calls: 2, hangRate: 0.5 });
  expect(before).toMatchObject({ calls: 1, hangRate: 0 });
  expect(hour.medianReplyMs).toBeGreaterThan(900);
  expect(hour.medianReplyMs).toBeLessThan(1_100);
  expect(before.medianReplyMs).toBeGreaterThan(3_600);
});
