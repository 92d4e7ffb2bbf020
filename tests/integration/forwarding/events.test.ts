import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import type { NewTarget } from "@/lib/forwarding/target";
import { BigInteger, stringifyJson } from "@/lib/lossless-json";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const outside = await startReceiver();
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alertChanges, alerts } = await import("@/db/schema/alerts");
const { calls } = await import("@/db/schema/calls");
const { events } = await import("@/db/schema/events");
const { forwardingTargets } = await import("@/db/schema/forwarding");
const { performAction } = await import("@/lib/alerts/server/actions");
const { forwardDue } = await import("@/lib/forwarding/server/forward");
const { changeTarget, createTarget } = await import("@/lib/forwarding/server/manage");
const { newTargetSchema } = await import("@/lib/forwarding/target");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { leaveEveryTrace, tracedAccount, tracedCaller, traces } = await import(
  "@/tests/support/people/traced-caller"
);

const by = { actor: { kind: "system", name: "tests" }, ip: null } as const;

const makeTarget = (target: Partial<NewTarget> = {}) =>
  createTarget(db, newTargetSchema.parse({ name: "CRM", url: outside.url, ...target }), by);

afterEach(async () => {
  await db.delete(forwardingTargets);
  outside.received.length = 0;
});

afterAll(() => outside.stop());

const bodies = () => outside.received.map(({ body }) => JSON.parse(body));

/** Retries: other tests' transactions on this server delay forwarding for a moment. */
async function arrived(count: number) {
  await vi.waitFor(
    async () => {
      await forwardDue(db);
      expect(outside.received).toHaveLength(count);
    },
    { timeout: 60_000, interval: 50 },
  );
  return bodies();
}

test("forwarding: a recorded event is sent without waiting for the tick, and only once if delivered repeatedly", async () => {
  await makeTarget();
  const callId = randomUUID();
  const body = statusUpdate("in-progress", { callId });
  await deliver(body);
  await deliver(transcriptPartial("user", "hel", { callId }));
  // Each delivery triggers forwarding; other tests' transactions on this server may delay the event for a moment.
  await vi.waitFor(
    async () => {
      await deliver(body);
      expect(outside.received).toHaveLength(1);
    },
    { timeout: 20_000, interval: 50 },
  );
  const [passedOn] = await arrived(1);
  expect(passedOn).toMatchObject({
    type: "status-update",
    callId,
    message: { type: "status-update", status: "in-progress" },
  });
  expect(passedOn.message).not.toHaveProperty("call");
});

test("forwarding: a whole report includes its call and messages, and a masked one does not contain the caller's number", async () => {
  await makeTarget({ types: ["end-of-call-report"], body: "whole", isMasked: false });
  await makeTarget({ types: ["end-of-call-report"], body: "whole", isMasked: true });
  const callId = randomUUID();
  await deliver(endOfCallReport({ callId }));
  const both = await arrived(2);
  const masked = both.find(({ message }) => message.call.customer.number.includes("•"));
  const whole = both.find((each) => each !== masked);
  expect(whole.message).toMatchObject({ type: "end-of-call-report", call: { id: callId } });
  expect(whole.message.artifact.messages.length).toBeGreaterThan(0);
  const { number } = whole.message.call.customer;
  expect(JSON.stringify(masked)).not.toContain(number);
  expect(masked.message).toMatchObject({
    type: "end-of-call-report",
    timestamp: whole.message.timestamp,
    call: { id: callId },
  });
  expect(masked.message.cost).toEqual(whole.message.cost);
});

test("forwarding: masked bodies of every form contain no name, number, e-mail address or street of the caller", {
  timeout: 120_000,
}, async () => {
  const [street, address] = ["12 Elmwood Lane", "qz83@post.example"];
  const forms: Record<string, Partial<NewTarget>> = {
    plain: { body: "whole", isMasked: false },
    whole: { body: "whole" },
    trimmed: { body: "trimmed" },
    mapped: { body: "mapped", mapping: { message: "message", alert: "alert" } },
  };
  const targets: string[] = [];
  for (const [name, form] of Object.entries(forms)) {
    const { id } = await makeTarget({ url: `${outside.url}/${name}`, sendsAlerts: true, ...form });
    targets.push(id);
  }
  const enable = (isEnabled: boolean) =>
    Promise.all(targets.map((id) => changeTarget(db, id, { isEnabled }, by)));
  // Sent in a few rounds once all is recorded, not in one after each event.
  await enable(false);
  const callId = await leaveEveryTrace();
  const told = { home: { street, floor: 3 }, note: `Write to ${address}.` };
  const { name: customerName, email, number: customerNumber } = tracedCaller;
  const about = { callId, customerName, customerNumber };
  await deliver(toolCalls([{ id: "call_told", name: "find_orders", arguments: told }], about));
  // Only calls that Vapi's API made have metadata.
  const metadata = { crmContact: `${customerName} <${email}>` };
  await db.update(calls).set({ metadata }).where(eq(calls.id, callId));
  await enable(true);
  const changes = await db.$count(alertChanges, eq(alertChanges.callId, callId));
  const items = (await db.$count(events, eq(events.callId, callId))) + changes;
  await arrived(targets.length * items);

  const sentTo = (name: string) =>
    outside.received.flatMap(({ path, body }) => (path === `/${name}` ? body : []));
  const plain = sentTo("plain").join("\n");
  for (const trace of [
    customerName,
    customerNumber,
    email,
    street,
    address,
    String(tracedAccount),
    "crmContact",
  ])
    expect(plain).toContain(trace);
  const typesOf = (name: string) => sentTo(name).map((body) => JSON.parse(body).type);
  expect(new Set(typesOf("plain")).size).toBeGreaterThan(8);
  for (const name of ["whole", "trimmed"]) expect(typesOf(name).sort()).toEqual(typesOf("plain").sort());
  for (const name of ["whole", "trimmed", "mapped"]) {
    expect(sentTo(name)).toHaveLength(items);
    expect(sentTo(name).filter((body) => traces.test(body) || /Elmwood|qz83/.test(body))).toEqual([]);
  }
});

test("forwarding: an integer beyond 2^53 is sent as the number it was", async () => {
  const big = "2512292042121000001";
  await makeTarget({ types: ["tool-calls"], isMasked: false });
  const asked = [{ id: "call_b", name: "echo", arguments: { order_id: new BigInteger(big) } }];
  await deliver(stringifyJson(toolCalls(asked, { callId: randomUUID() })));
  await arrived(1);
  expect(outside.received[0]?.body).toMatch(new RegExp(`"order_id":${big}[,}]`));
});

test("forwarding: a mapped body has the requested fields, and null for missing ones", async () => {
  await makeTarget({
    body: "mapped",
    mapping: { status: "message.status", who: "message.call.id", none: "message.artifact[0].x" },
  });
  const callId = randomUUID();
  await deliver(statusUpdate("in-progress", { callId }));
  expect(await arrived(1)).toEqual([{ status: "in-progress", who: callId, none: null }]);
});

test("forwarding: an alert is sent when it opens, is acknowledged and recovers", async () => {
  await makeTarget({ types: [], sendsAlerts: true });
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
  const [alert] = await db.select().from(alerts).where(eq(alerts.callId, call.callId));
  const id = alert?.id ?? "";
  await performAction(db, id, { kind: "acknowledge" }, { id: "ada", name: "Ada" }, by);
  await call.starts("assistant", 2);
  const passedOn = await arrived(3);
  expect(passedOn.map(({ type }) => type)).toEqual(["alert.opened", "alert.acknowledged", "alert.recovered"]);
  expect(passedOn[0]).toMatchObject({ callId: call.callId, alert: { id, kind: "hang" } });
  expect(JSON.stringify(passedOn)).not.toContain("0103");
});
