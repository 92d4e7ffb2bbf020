import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { countSubject } from "@/db/queries/privacy/subject";
import { callFigures, figureProgress } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import { catchUpFigures, getAnalytics, rollUpFigures } from "@/lib/analytics/server/figures";
import { deleteSubject } from "@/lib/privacy/server/erase";
import { deletionPhrase } from "@/lib/privacy/subject";
import { buildCall } from "@/tests/fixtures/build-call";
import { forwarding } from "@/tests/fixtures/forwarding";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { underNewId } from "@/tests/support/deliveries/under-new-id";
import { tester } from "@/tests/support/makers/make-credential";
import { leaveTraces, tracedCaller } from "@/tests/support/people/traced-caller";

beforeEach(async () => {
  await db.execute(sql`truncate ${calls} cascade`);
});

const figuresOf = async (callId: string) => {
  const [row] = await db.select().from(callFigures).where(eq(callFigures.callId, callId));
  return row;
};

describe("analytics: a call", () => {
  test("is counted only after its end", async () => {
    const { bodies, callId, expected } = buildCall("long");
    for (const body of bodies.slice(0, -2)) await deliver(body);
    expect(await figuresOf(callId)).toBeUndefined();
    for (const body of bodies.slice(-2)) await deliver(body);
    const figures = await figuresOf(callId);
    expect(figures).toMatchObject({
      calls: 1,
      hung: 1,
      durationMs: expected.durationSeconds * 1000,
      interruptions: expected.interruptions,
      costed: 1,
      measured: 1,
      reason: expected.endedReason,
    });
    expect(figures?.replies.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3);
  });

  test("has the same figures regardless of order, repeats and concurrency of its deliveries", async () => {
    const { bodies, callId } = buildCall("short", { callId: randomUUID() });
    const other = underNewId([...bodies].reverse(), callId);
    const third = underNewId([...bodies, ...bodies], callId);
    for (const body of bodies) await deliver(body);
    for (const body of other.bodies) await deliver(body);
    await Promise.all(third.bodies.map((body) => deliver(body)));
    const { callId: _, ...first } = (await figuresOf(callId)) ?? {};
    expect(first).toMatchObject({ calls: 1, measured: 1 });
    expect(await figuresOf(other.id)).toMatchObject(first);
    expect(await figuresOf(third.id)).toMatchObject(first);
  });

  test("missing from the figures is counted by the tick, and only once", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await call.ended(5);
    await db.delete(callFigures);
    await db.delete(figureProgress);
    await Promise.all([catchUpFigures(db), catchUpFigures(db)]);
    expect(await figuresOf(call.callId)).toMatchObject({ calls: 1, durationMs: 25_000 });
    await db.update(callFigures).set({ durationMs: 1 });
    await catchUpFigures(db);
    expect(await figuresOf(call.callId)).toMatchObject({ durationMs: 1 });
  });

  test("is not contained after a transfer, and is left out of talk figures when it has no speech", async () => {
    const call = startLiveCall();
    await call.answered(30);
    await call.tell(forwarding)(10);
    await call.ended(5);
    const figures = await figuresOf(call.callId);
    expect(figures).toMatchObject({ transferred: 1, measured: 0, silentMs: 0 });
    const day = figures?.at.toISOString().slice(0, 10) ?? "";
    const { total } = await getAnalytics(db, { zone: "UTC", from: day, to: day });
    expect(total.figures).toMatchObject({ calls: 1, containment: 0, deadAirShare: null, replyP50Ms: null });
  });

  test("is no longer counted once its caller's data is deleted", async () => {
    const callId = await leaveTraces({ daysAgo: 3 });
    const at = (await figuresOf(callId))?.at.toISOString().slice(0, 10) ?? "";
    const count = async () => (await getAnalytics(db, { zone: "UTC", from: at, to: at })).total.figures.calls;
    await rollUpFigures(db, { quietMs: 0 });
    expect(await count()).toBe(1);
    const subject = { kind: "number", number: tracedCaller.number } as const;
    const phrase = deletionPhrase(await countSubject(db, subject));
    await deleteSubject(db, subject, phrase, tester);
    expect(await figuresOf(callId)).toBeUndefined();
    expect(await count()).toBe(0);
  });
});
