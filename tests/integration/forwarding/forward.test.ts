import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import type { NewTarget } from "@/lib/forwarding/target";
import { type Received, startReceiver } from "@/tests/support/servers/start-receiver";
import { killSender } from "@/tests/support/vitest/kill-sender";
import { asAnotherProcess } from "@/tests/support/vitest/nested-queries";

let answer: (received: Received) => { status?: number } | Promise<{ status?: number }> = () => ({});
const outside = await startReceiver((received) => answer(received));
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { calls } = await import("@/db/schema/calls");
const { events } = await import("@/db/schema/events");
const { forwardingDeliveries, forwardingHeld, forwardingPending, forwardingTargets } = await import(
  "@/db/schema/forwarding"
);
const { whileAnswering } = await import("@/lib/answering");
const { forwardDue } = await import("@/lib/forwarding/server/forward");
const { changeTarget, createTarget, replaySpan } = await import("@/lib/forwarding/server/manage");
const { newTargetSchema } = await import("@/lib/forwarding/target");
const { listTargets } = await import("@/db/queries/forwarding/targets");

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;

const makeTarget = (target: Partial<NewTarget> = {}) =>
  createTarget(db, newTargetSchema.parse({ name: "CRM", url: `${outside.url}/crm`, ...target }), by);

afterEach(async () => {
  answer = () => ({});
  outside.received.length = 0;
  await db.delete(forwardingTargets);
  await db.delete(events);
});

afterAll(() => outside.stop());

const minutes = (count: number) => count * 60_000;
const clockAt = (start: number, passedMs: number) => () => new Date(start + passedMs);

interface Made {
  callId: string;
  n: number;
  receivedAt?: Date;
  type?: string;
}

/** Inserts events as recording stores them; `n` numbers them within their call. */
function insert(to: Pick<typeof db, "insert">, list: readonly Made[]) {
  const rows = list.map(({ callId, n, receivedAt = new Date(), type = "status-update" }) => ({
    key: randomUUID(),
    callId,
    type,
    outcome: "recorded" as const,
    at: new Date(Date.UTC(2026, 7, 1) + n),
    receivedAt,
    bytes: 1,
    message: { type, n },
  }));
  return to.insert(events).values(rows);
}

/** Records each list in its own transaction. */
async function record(...lists: Made[][]) {
  for (const list of lists) await insert(db, list);
  await untilSettled();
}

/**
 * Events are forwarded once older transactions have ended, including those of autovacuum. Also waits for those of other
 * databases: one that ends while a round looks at it may hold that round back.
 */
async function untilSettled() {
  const [last] = await db.select({ is: sql<string>`max(${events.recordedIn})` }).from(events);
  if (!last?.is) return;
  await vi.waitFor(
    async () => {
      const [row] = await db.execute(
        sql`select ${last.is}::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as "isSettled"`,
      );
      expect(row).toMatchObject({ isSettled: true });
    },
    { timeout: 25_000, interval: 20 },
  );
}

const oneCall = (count: number, callId = randomUUID()) =>
  Array.from({ length: count }, (_, n) => ({ callId, n }));

const bodies = () => outside.received.map(({ body }) => JSON.parse(body));
const numbers = () => bodies().map(({ message }) => message.n);
const logged = () => db.select().from(forwardingDeliveries).orderBy(forwardingDeliveries.id);

/** Accepted items by call, each counted only the first time. */
function acceptedByCall(accepted: readonly Received[]) {
  const seen = new Set<unknown>();
  const byCall = new Map<string, number[]>();
  for (const { headers, body } of accepted) {
    if (seen.has(headers["webhook-id"])) continue;
    seen.add(headers["webhook-id"]);
    const { callId, message } = JSON.parse(body);
    byCall.set(callId, [...(byCall.get(callId) ?? []), message.n]);
  }
  return byCall;
}

describe("forwarding: a recorded event", () => {
  test("reaches a target once and in order, signed per Standard Webhooks, with the event's key as ID", async () => {
    const { key } = await makeTarget();
    await record(oneCall(3));
    await forwardDue(db);
    await forwardDue(db);
    expect(numbers()).toEqual([0, 1, 2]);
    const keys = await db.select({ key: events.key }).from(events).orderBy(events.at);
    for (const [index, { headers, body }] of outside.received.entries()) {
      expect(headers["webhook-id"]).toBe(keys[index]?.key);
      const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
      const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
      expect(new Webhook(key).verify(body, signed)).toMatchObject({ type: "status-update" });
      expect(() => new Webhook(key).verify(`${body} `, signed)).toThrow();
    }
    expect(await logged()).toMatchObject([
      { outcome: "delivered", status: 200, attempt: 1 },
      { outcome: "delivered" },
      { outcome: "delivered" },
    ]);
  });

  test("recorded before a target was added is not sent to it", async () => {
    await record(oneCall(2));
    await makeTarget();
    await forwardDue(db);
    expect(outside.received).toEqual([]);
  });

  test("from a transaction that commits late is not skipped, and later events wait for it", async () => {
    await makeTarget();
    const callId = randomUUID();
    await db.transaction(async (tx) => {
      await insert(tx, [{ callId, n: 1 }]);
      await asAnotherProcess(async () => {
        await insert(db, [{ callId, n: 2 }]);
        await forwardDue(db);
      });
      expect(outside.received).toEqual([]);
    });
    await untilSettled();
    await forwardDue(db);
    expect(numbers()).toEqual([1, 2]);
  });

  test("is sent while a transaction of another database on the same server is open", async () => {
    const url = new URL(process.env.DATABASE_URL ?? "");
    url.pathname = "/postgres";
    const elsewhere = postgres(url.href, { max: 1 });
    try {
      await elsewhere.begin(async (tx) => {
        await tx`select pg_current_xact_id()`;
        await makeTarget();
        await insert(db, oneCall(2));
        await vi.waitFor(
          async () => {
            await forwardDue(db);
            expect(numbers()).toEqual([0, 1]);
          },
          { timeout: 20_000 },
        );
      });
    } finally {
      await elsewhere.end();
    }
  });

  test("is selected for a target by type and assistant", async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()];
    const at = new Date();
    const conversationId = randomUUID();
    await db.execute(sql`insert into conversations (id) values (${conversationId})`);
    const row = { conversationId, createdAt: at, lastEventAt: at, status: "ended", statusRank: 1 } as const;
    await db.insert(calls).values([
      { ...row, id: ours, assistantId: "clinic", version: 1 },
      { ...row, id: theirs, assistantId: "sales", version: 1 },
    ]);
    await makeTarget({ types: ["hang"], assistants: ["clinic"] });
    await record([
      { callId: ours, n: 0 },
      { callId: ours, n: 1, type: "hang" },
      { callId: theirs, n: 2, type: "hang" },
    ]);
    await forwardDue(db);
    expect(numbers()).toEqual([1]);
    await db.delete(calls);
  });

  test("deleted before sending is not sent", async () => {
    await makeTarget();
    answer = () => ({ status: 500 });
    const start = Date.now();
    await record(oneCall(2));
    await forwardDue(db, clockAt(start, 0));
    await db.delete(events);
    answer = () => ({});
    outside.received.length = 0;
    await forwardDue(db, clockAt(start, minutes(1)));
    expect(outside.received).toEqual([]);
    expect(await logged()).toMatchObject([
      { outcome: "failed", status: 500, error: "The server answered 500." },
      { outcome: "skipped", error: "It has been deleted." },
      { outcome: "skipped" },
    ]);
    expect(await db.select().from(forwardingPending)).toEqual([]);
  });
});

describe("forwarding: a target that fails", () => {
  test("holds back only the call whose item it rejects", async () => {
    await makeTarget();
    const [refused, taken] = [randomUUID(), randomUUID()];
    answer = ({ body }) => (JSON.parse(body).callId === refused ? { status: 500 } : {});
    const start = Date.now();
    await record([...oneCall(3, refused), ...oneCall(3, taken)], oneCall(1, refused));
    await forwardDue(db, clockAt(start, 0));
    const sent = bodies().filter(({ callId }) => callId === refused);
    expect(sent.map(({ message }) => message.n)).toEqual([0]);
    expect(bodies().filter(({ callId }) => callId === taken)).toHaveLength(3);
    // Its retry is not due yet.
    await forwardDue(db, clockAt(start, 4_000));
    expect(outside.received).toHaveLength(4);
    answer = () => ({});
    outside.received.length = 0;
    await forwardDue(db, clockAt(start, 6_000));
    expect(numbers()).toEqual([0, 1, 2, 0]);
    expect(await db.select().from(forwardingHeld)).toEqual([]);
  });

  test("gets an event without a call on the retry as on the first attempt, with the callers' names masked", async () => {
    await makeTarget({ isMasked: true });
    const conversationId = randomUUID();
    const at = new Date();
    await db.execute(sql`insert into conversations (id) values (${conversationId})`);
    await db.insert(calls).values({
      ...{ id: randomUUID(), conversationId, customerName: "Maya Lopez", createdAt: at, lastEventAt: at },
      ...{ status: "ended", statusRank: 1 },
    });
    await db.insert(events).values({
      ...{ key: randomUUID(), conversationId, type: "session.updated", outcome: "recorded", bytes: 1 },
      ...{ at, receivedAt: at, message: { type: "session.updated", note: "Maya Lopez asked for a slot." } },
    });
    await untilSettled();
    answer = () => ({ status: 500 });
    const start = Date.now();
    await forwardDue(db, clockAt(start, 0));
    answer = () => ({});
    await forwardDue(db, clockAt(start, 6_000));
    const [first, second] = bodies();
    expect(first).toMatchObject({ conversationId });
    expect(JSON.stringify(first)).not.toContain("Maya");
    expect(second).toEqual(first);
  });

  test("for an hour is rarely retried, then gets every event of each call in order", {
    timeout: 120_000,
  }, async () => {
    await makeTarget();
    answer = () => ({ status: 503 });
    const start = Date.now();
    const callIds = Array.from({ length: 20 }, () => randomUUID());
    for (let minute = 0; minute < 60; minute += 1) {
      await record(callIds.map((callId) => ({ callId, n: minute })));
      await forwardDue(db, clockAt(start, minutes(minute)));
    }
    // The circuit breaker: 1,200 items, but one probe per five minutes once the target has been down for a while.
    expect(outside.received.length).toBeLessThan(50);
    expect(await listTargets(db)).toMatchObject([{ failingSince: new Date(start).toISOString() }]);
    outside.received.length = 0;
    answer = () => ({});
    await forwardDue(db, clockAt(start, minutes(65)), 100_000);
    const byCall = acceptedByCall(outside.received);
    expect(byCall.size).toBe(20);
    for (const accepted of byCall.values()) expect(accepted).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect(outside.received).toHaveLength(1_200);
    expect(await listTargets(db)).toMatchObject([{ failures: 0, failingSince: null, pending: 0 }]);
  });

  test("for more than a day loses items older than 24 hours, logs them as given up, and gets the rest", async () => {
    await makeTarget();
    answer = () => ({ status: 500 });
    const start = Date.now();
    const at = (hours: number) => new Date(start + minutes(60 * hours));
    const [first, second] = [randomUUID(), randomUUID()];
    await record(oneCall(3, first).map((each) => ({ ...each, receivedAt: at(0) })));
    for (let hour = 0; hour < 24; hour += 1) await forwardDue(db, clockAt(start, minutes(60 * hour)));
    await record(oneCall(2, second).map((each) => ({ ...each, receivedAt: at(20) })));
    expect((await logged()).map(({ outcome }) => outcome)).not.toContain("given-up");
    await forwardDue(db, clockAt(start, minutes(60 * 25)));
    const lost = (await logged()).filter(({ outcome }) => outcome === "given-up");
    expect(lost).toHaveLength(3);
    expect(lost).toMatchObject([{ callId: first, error: "It was rejected for 24 hours." }, {}, {}]);
    answer = () => ({});
    outside.received.length = 0;
    await forwardDue(db, clockAt(start, minutes(60 * 26)));
    expect(numbers()).toEqual([0, 1]);
  });

  test("forwarding: a paused target loses nothing and resumes where it stopped", async () => {
    const { id } = await makeTarget();
    await changeTarget(db, id, { isEnabled: false }, by);
    await record(oneCall(2));
    await forwardDue(db);
    expect(outside.received).toEqual([]);
    await changeTarget(db, id, { isEnabled: true }, by);
    await forwardDue(db);
    expect(numbers()).toEqual([0, 1]);
  });

  test("does not delay another target", async () => {
    await makeTarget({ url: `${outside.url}/down` });
    await makeTarget();
    answer = ({ path }) => (path === "/down" ? { status: 500 } : {});
    await record(oneCall(5));
    await forwardDue(db);
    expect(outside.received.filter(({ path }) => path === "/crm")).toHaveLength(5);
  });
});

test("forwarding: an overloaded process sends one round, and the rest once it is less busy", async () => {
  await makeTarget();
  await record(oneCall(250));
  let answered = () => {};
  const delivery = new Promise<void>((resolve) => {
    answered = resolve;
  });
  const answering = Array.from({ length: 20 }, () => whileAnswering(delivery));
  // Shorter than the pause after a round.
  await forwardDue(db, () => new Date(), 2_900);
  expect(outside.received).toHaveLength(100);
  answered();
  await Promise.all(answering);
  await forwardDue(db);
  expect(numbers()).toEqual(Array.from({ length: 250 }, (_, n) => n));
});

describe("forwarding: with several senders", () => {
  test("1,200 items are sent once each, in each call's order", {
    timeout: 120_000,
  }, async () => {
    await makeTarget();
    const callIds = Array.from({ length: 60 }, () => randomUUID());
    const waves = Array.from({ length: 20 }, (_, n) => callIds.map((callId) => ({ callId, n })));
    await record(...waves);
    await Promise.all(Array.from({ length: 4 }, () => forwardDue(db, () => new Date(), 100_000)));
    expect(outside.received).toHaveLength(1_200);
    const byCall = acceptedByCall(outside.received);
    for (const accepted of byCall.values()) expect(accepted).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(byCall.size).toBe(60);
  });

  test("random failures lose nothing and change no call's order", { timeout: 120_000 }, async () => {
    const seed = Date.now() % 1_000_000;
    console.info(`seed ${seed}`);
    let state = seed;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    await makeTarget();
    const accepted: Received[] = [];
    answer = (received) => {
      if (random() < 0.3) return { status: 500 };
      accepted.push(received);
      return {};
    };
    const callIds = Array.from({ length: 12 }, () => randomUUID());
    const start = Date.now();
    for (let step = 0; step < 20; step += 1) {
      await record(callIds.map((callId) => ({ callId, n: step })));
      await Promise.all([1, 2].map(() => forwardDue(db, clockAt(start, minutes(step)))));
    }
    answer = (received) => {
      accepted.push(received);
      return {};
    };
    await forwardDue(db, clockAt(start, minutes(90)));
    await forwardDue(db, clockAt(start, minutes(180)));
    const byCall = acceptedByCall(accepted);
    expect(byCall.size).toBe(12);
    for (const one of byCall.values()) expect(one).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(accepted).toHaveLength(240);
  });

  test("a killed sender loses nothing: another one continues after its lease, with the same IDs", async () => {
    await makeTarget();
    await record(oneCall(3));
    const arrived = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
        return new Promise(() => {}); // The sender is killed while it waits for the answer.
      };
    });
    await killSender("forward-once.ts", arrived);
    answer = () => ({});
    await forwardDue(db);
    expect(outside.received).toHaveLength(1);
    await forwardDue(db, () => new Date(Date.now() + minutes(1)));
    expect(numbers()).toEqual([0, 0, 1, 2]);
    const [lost, again] = outside.received.map(({ headers }) => headers["webhook-id"]);
    expect(again).toBe(lost);
  });

  test("a sender whose lease ends while it sends stores nothing from its round", async () => {
    await makeTarget();
    await record(oneCall(1));
    let isFirst = true;
    answer = async () => {
      if (!isFirst) return {};
      isFirst = false;
      await forwardDue(db, () => new Date(Date.now() + minutes(2)));
      return {};
    };
    await forwardDue(db);
    expect(outside.received).toHaveLength(2);
    expect(await logged()).toHaveLength(1);
  });
});

test("forwarding: a time span is sent again with the same IDs, but only after confirmation", async () => {
  const { id } = await makeTarget();
  const at = (minute: number) => new Date(Date.UTC(2026, 7, 1, 10, minute));
  const callId = randomUUID();
  await record(Array.from({ length: 30 }, (_, n) => ({ callId, n, receivedAt: at(n) })));
  await forwardDue(db);
  const ids = outside.received.map(({ headers }) => headers["webhook-id"]);
  outside.received.length = 0;
  const span = { from: at(10).toISOString(), to: at(14).toISOString() };
  expect(await replaySpan(db, id, { ...span, isConfirmed: false }, by)).toEqual({
    items: 5,
    isStarted: false,
  });
  await forwardDue(db);
  expect(outside.received).toEqual([]);
  expect(await replaySpan(db, id, { ...span, isConfirmed: true }, by)).toEqual({ items: 5, isStarted: true });
  await forwardDue(db);
  await forwardDue(db);
  expect(numbers()).toEqual([10, 11, 12, 13, 14]);
  expect(outside.received.map(({ headers }) => headers["webhook-id"])).toEqual(ids.slice(10, 15));
});

test("forwarding: an old key still signs for a day after its rotation", async () => {
  const { id, key: oldKey } = await makeTarget();
  const changed = await changeTarget(db, id, { rotates: true }, by);
  const newKey = changed.outcome === "changed" ? changed.key : null;
  await record(oneCall(1));
  await forwardDue(db);
  await record(oneCall(1));
  await forwardDue(db, () => new Date(Date.now() + minutes(25 * 60)));
  const check = (index: number, key: string | null) => {
    const { headers, body } = outside.received[index] ?? { headers: {}, body: "" };
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
    const signed = Object.fromEntries(names.map((name) => [name, String(Reflect.get(headers, name))]));
    return () => new Webhook(key ?? "").verify(body, signed);
  };
  expect(check(0, oldKey)).not.toThrow();
  expect(check(0, newKey)).not.toThrow();
  expect(check(1, oldKey)).toThrow();
  expect(check(1, newKey)).not.toThrow();
});

test("forwarding: a target that is not on the public internet is not requested, and its log says so", async () => {
  const { id } = await makeTarget({ url: "https://169.254.169.254/x" });
  await record(oneCall(1));
  await forwardDue(db);
  const [row] = await db.select().from(forwardingDeliveries).where(eq(forwardingDeliveries.targetId, id));
  expect(row?.error).toContain("not on the public internet");
});
