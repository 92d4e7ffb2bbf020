import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { alerts } from "@/db/schema/alerts";
import { noticeOpenAlerts } from "@/lib/alerts/server/notice";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { inWaves } from "@/tests/support/deliveries/in-waves";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { permute } from "@/tests/support/deliveries/permute";
import { underNewId } from "@/tests/support/deliveries/under-new-id";
import { withoutIncidents } from "@/tests/support/deliveries/without-incidents";

beforeAll(withoutIncidents);

/** A call's alerts as listed. The ID is left out, because it keeps the time first known, which a later fact may correct. */
async function listAlerts(callId: string) {
  await noticeOpenAlerts(db);
  const rows = await db.select().from(alerts).where(eq(alerts.callId, callId)).orderBy(alerts.openedAt);
  return rows
    .filter(({ outcome }) => outcome !== "withdrawn")
    .map(({ id: _, callId: __, noticedAt: ___, callVersion: ____, ...row }) => row);
}

test("alerts: a call gets the same alerts regardless of delivery order, sequential or concurrent", async () => {
  const call = startLiveCall();
  const { bodies, callId } = buildCall("tiny", { callId: call.callId });
  const hung = {
    message: { ...bodies[0]?.message, type: "hang", timestamp: (bodies[1]?.message.timestamp ?? 0) + 1 },
  };
  const orders = [...permute([...bodies.slice(0, 4), hung])].map((order) =>
    underNewId([...order, ...bodies.slice(4)], callId),
  );
  const [straight, ...others] = orders;
  for (const body of straight?.bodies ?? []) await deliver(body);
  const expected = await listAlerts(straight?.id ?? "");
  expect(expected.length).toBeGreaterThan(0);
  await inWaves(others, 20, async ({ bodies: order }, index) => {
    if (index % 2 === 0) for (const body of order) await deliver(body);
    else await Promise.all(order.map((body) => deliver(body)));
  });
  for (const { id } of others) expect(await listAlerts(id)).toEqual(expected);
}, 240_000);

test("alerts: a call with hangs gets the same alerts in any delivery order, even when the report comes first", async () => {
  const call = startLiveCall();
  const { bodies, callId } = buildCall("long", { callId: call.callId });
  const [first] = bodies;
  const hung = [2, 9, 10, 30, 31, 55].map((after) => ({
    message: { ...first?.message, type: "hang", timestamp: (bodies[after]?.message.timestamp ?? 0) + 1 },
  }));
  const all = [...bodies, ...hung].sort((a, b) => a.message.timestamp - b.message.timestamp);
  const shuffled = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { numRuns: 8, seed: 11 });
  const [straight, ...others] = [
    all,
    all.toReversed(),
    [...all.slice(-1), ...all.slice(0, -1)],
    ...shuffled,
  ].map((order) => underNewId(order, callId));
  for (const body of straight?.bodies ?? []) await deliver(body);
  const expected = await listAlerts(straight?.id ?? "");
  expect(expected.length).toBeGreaterThan(1);
  await inWaves(others, 10, async ({ bodies: order }) => {
    for (const body of order) await deliver(body);
  });
  for (const { id } of others) expect(await listAlerts(id)).toEqual(expected);
}, 240_000);
