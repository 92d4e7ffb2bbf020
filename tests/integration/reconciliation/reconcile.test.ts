import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { type GeneratedCall, generateCall } from "@/scripts/simulator/generate-call";
import { createRandom } from "@/scripts/simulator/random";
import { startReceiver } from "@/tests/support/servers/start-receiver";
import { startVapiServer, type VapiCall } from "@/tests/support/servers/vapi-server";

const listed: VapiCall[] = [];
const vapi = await startVapiServer(listed);
const receiver = await startReceiver();
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = vapi.url;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(receiver.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { notificationChannels } = await import("@/db/schema/alerts");
const { calls } = await import("@/db/schema/calls");
const { vapiConnections } = await import("@/db/schema/connect");
const { events } = await import("@/db/schema/events");
const { deletedCalls, reconciledCalls, reconciliation } = await import("@/db/schema/reconciliation");
const { reports } = await import("@/db/schema/reports");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { deleteSubjectCalls } = await import("@/db/queries/privacy/subject");
const { readCoverage } = await import("@/db/queries/reconciliation/calls");
const { readReconciliation } = await import("@/db/queries/reconciliation/state");
const { makeWebhookChannel } = await import("@/tests/support/makers/make-webhook-channel");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { readComparison } = await import("@/lib/reconciliation/server/gaps");
const { reconcile } = await import("@/lib/reconciliation/server/reconcile");
const { addUp } = await import("@/lib/reconciliation/coverage");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { dumpDatabase } = await import("@/tests/support/database/dump-database");
const { makePastCall } = await import("@/tests/support/makers/past-calls");
const { statusUpdate } = await import("@/tests/fixtures/status-update");

const startMs = Date.now();
const minutes = (count: number) => new Date(startMs + count * 60_000);

beforeEach(async () => {
  listed.length = 0;
  vapi.asked.length = 0;
  vapi.troubles.length = 0;
  receiver.received.length = 0;
  await db.execute(
    sql`truncate ${calls}, ${events}, ${reconciledCalls}, ${reconciliation}, ${deletedCalls}, ${vapiConnections},
      ${notificationChannels} cascade`,
  );
  await db.insert(reconciliation).values({ since: minutes(-120), doneUntil: minutes(-10) });
});
afterAll(() => Promise.all([vapi.stop(), receiver.stop()]));

/** A call that ended a number of minutes after the test's start, as report and as in Vapi's list. */
function pastCall(endedMinutes: number, more: Record<string, unknown> = {}) {
  const createdAt = new Date(minutes(endedMinutes).getTime() - 60_900).toISOString();
  return makePastCall(createdAt, more);
}

const artifactSchema = z.object({
  messages: z.array(z.looseObject({ role: z.string(), message: z.string().optional() })),
});

/** What the caller and the assistant said, according to Vapi's list. */
const saidIn = (artifact: unknown) =>
  artifactSchema
    .parse(artifact)
    .messages.flatMap(({ role, message }) => (role === "user" || role === "bot" ? (message ?? []) : []));

/** Removes case, spaces and punctuation, in which sources differ. */
const squeeze = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

const coverage = async () => addUp(await readCoverage(db, minutes(-120)));
const findCall = async (id: string) => (await db.select().from(calls).where(eq(calls.id, id)))[0];
const hasReport = async (id: string) => (await db.$count(reports, eq(reports.callId, id))) === 1;

describe("reconciliation: undelivered calls and reports", () => {
  /** Shorter simulated calls: most calls have hundreds of partials, which make no difference here. */
  function shortCalls(count: number): GeneratedCall[] {
    const found: GeneratedCall[] = [];
    for (let index = 0; found.length < count; index += 1) {
      const createdAtMs = startMs - 20 * 60_000 + found.length * 1_000;
      const steady = { createdAtMs, duplicates: 0, disorder: 0, loss: 0, noReport: 0, noEnded: 0 };
      const call = generateCall(`reconciled/${index}`, steady);
      if (call.events.length <= 130) found.push(call);
    }
    return found;
  }

  test("with 2 % of events and 2 % of calls lost, every call is complete within 5 min and the coverage is correct", async () => {
    const random = createRandom("lost");
    const missed = { calls: 0, reports: 0, ends: 0, lines: 0 };
    const types = new Set<string>();
    const send = async ({ callId, events: sent }: GeneratedCall, index: number) => {
      const drawn = random.fork(String(index));
      const lost = sent.map(({ message }) => message).filter(() => index === 41 || drawn.chance(0.02));
      const isLost = (type: string) => lost.some((message) => message.type === type);
      missed.calls += lost.length === sent.length ? 1 : 0;
      missed.reports += isLost("end-of-call-report") ? 1 : 0;
      missed.ends += lost.some(({ status }) => status === "ended") ? 1 : 0;
      missed.lines += lost.some(({ transcriptType }) => transcriptType === "final") ? 1 : 0;
      const report = sent.find(({ message }) => message.type === "end-of-call-report")?.message;
      const { call: snapshot, ...rest } = { ...report };
      const status = { status: "ended", updatedAt: rest.endedAt };
      listed.push({ ...Object(snapshot), ...rest, ...status, id: callId });
      for (const { message } of sent) {
        types.add(message.type);
        if (!lost.includes(message)) await deliver({ message });
      }
    };
    // Several calls at a time, each with its events in order.
    const generated = shortCalls(50);
    for (let from = 0; from < 50; from += 25) {
      await Promise.all(generated.slice(from, from + 25).map((call, index) => send(call, from + index)));
    }
    expect([...types].sort()).toEqual([
      "assistant.started",
      "conversation-update",
      "end-of-call-report",
      "function-call",
      "hang",
      "speech-update",
      "status-update",
      "tool-calls",
      "transcript",
      "user-interrupted",
    ]);
    expect(missed.calls).toBe(1);
    for (const count of [missed.reports, missed.ends, missed.lines]) expect(count).toBeGreaterThan(1);
    const lastEndMs = Math.max(...listed.map(({ endedAt }) => Date.parse(String(endedAt))));
    const unlimited = { requests: 30, budgetMs: Number.POSITIVE_INFINITY, pageSize: 50 };
    for (const after of [0.1, 2.1, 4.1]) {
      await reconcile(db, new Date(lastEndMs + after * 60_000), unlimited);
    }
    expect(await db.$count(calls)).toBe(50);
    expect(await db.$count(reports)).toBe(50);
    expect(await db.$count(calls, sql`status <> 'ended' or ended_at is null or ended_reason is null`)).toBe(
      0,
    );
    // Whatever was lost, everything that was said is on each call's page.
    for (const { id, artifact } of listed) {
      const shown = (await getCallDetail(db, id))?.lines.map(({ text }) => text).join(" ") ?? "";
      expect([id, saidIn(artifact).filter((text) => !squeeze(shown).includes(squeeze(text)))]).toEqual([
        id,
        [],
      ]);
    }
    const figures = { calls: 50, heard: 50 - missed.calls, reports: 50 - missed.reports };
    expect(await coverage()).toEqual(figures);
    expect((await readComparison(db, new Date(lastEndMs + 5 * 60_000))).lastDay).toEqual(figures);
  }, 600_000);

  test("a call without any event is fetched with its report, and a second run changes nothing", async () => {
    const { call } = pastCall(-3);
    listed.push(call);
    await reconcile(db, minutes(0));
    expect(await findCall(call.id)).toMatchObject({ status: "ended", endedReason: "customer-ended-call" });
    expect(await hasReport(call.id)).toBe(true);
    expect(await coverage()).toEqual({ calls: 1, heard: 0, reports: 0 });
    const before = await dumpDatabase();
    await reconcile(db, minutes(0));
    expect(await dumpDatabase()).toBe(before);
    await reconcile(db, minutes(2));
    expect(await coverage()).toEqual({ calls: 1, heard: 0, reports: 0 });
  });

  test("a late event or report makes its call or report count as delivered", async () => {
    const { call, body } = pastCall(-3);
    listed.push(call);
    await reconcile(db, minutes(0));
    await deliver(statusUpdate("ended", { callId: call.id, with: { timestamp: minutes(-3).getTime() } }));
    await reconcile(db, minutes(2));
    expect(await coverage()).toEqual({ calls: 1, heard: 1, reports: 0 });
    await deliver(body);
    await reconcile(db, minutes(4));
    expect(await coverage()).toEqual({ calls: 1, heard: 1, reports: 1 });
  });

  test("a delivered report is not replaced by the one in Vapi's list", async () => {
    const { call, body } = pastCall(-3);
    await deliver(body);
    listed.push({ ...call, analysis: { summary: "Another summary." }, endedReason: "silence-timed-out" });
    await reconcile(db, minutes(0));
    expect(await findCall(call.id)).toMatchObject({ endedReason: "customer-ended-call" });
    expect(await db.select({ summary: reports.summary }).from(reports)).not.toEqual([
      { summary: "Another summary." },
    ]);
    expect(await coverage()).toEqual({ calls: 1, heard: 1, reports: 1 });
    expect(await db.$count(events, eq(events.isFetched, true))).toBe(0);
  });

  test("a live call is fetched only after it has ended without a report", async () => {
    const { call } = pastCall(-1);
    listed.push({ ...call, status: "in-progress", endedAt: undefined, updatedAt: call.createdAt });
    await deliver(
      statusUpdate("in-progress", { callId: call.id, with: { timestamp: minutes(-1).getTime() } }),
    );
    await reconcile(db, minutes(0));
    expect(await findCall(call.id)).toMatchObject({ status: "in-progress", endedAt: null });
    // Long before the window, so the list does not show it: only the call itself can tell.
    listed[0] = { ...call, endedAt: minutes(1).toISOString(), updatedAt: call.createdAt };
    await db.update(reconciliation).set({ doneUntil: minutes(30) });
    await reconcile(db, minutes(1.5));
    expect(await hasReport(call.id)).toBe(false);
    await reconcile(db, minutes(3.5));
    expect(await findCall(call.id)).toMatchObject({ status: "ended", endedAt: minutes(1) });
    expect(await coverage()).toEqual({ calls: 1, heard: 1, reports: 0 });
  });

  test("a call that ended within the last minute is not fetched yet", async () => {
    const { call, body } = pastCall(-0.5);
    listed.push(call);
    await reconcile(db, minutes(0));
    expect(await findCall(call.id)).toBeUndefined();
    await deliver(body);
    await reconcile(db, minutes(2));
    expect(await coverage()).toEqual({ calls: 1, heard: 1, reports: 1 });
    expect(await db.$count(events, eq(events.isFetched, true))).toBe(0);
  });

  test("a call that outlasts its window is fetched after its end, even if the list does not show it again", async () => {
    const { call } = pastCall(1);
    listed.push({ ...call, status: "in-progress", endedAt: undefined, updatedAt: call.createdAt });
    await reconcile(db, minutes(0.5));
    expect(await findCall(call.id)).toBeUndefined();
    expect(await coverage()).toEqual({ calls: 0, heard: 0, reports: 0 });
    // Long before the window, so the list does not show it: only the call itself can tell.
    listed[0] = { ...call, updatedAt: minutes(-60).toISOString() };
    await db.update(reconciliation).set({ doneUntil: minutes(30) });
    await reconcile(db, minutes(3));
    expect(await hasReport(call.id)).toBe(true);
    expect(await coverage()).toEqual({ calls: 1, heard: 0, reports: 0 });
  });

  test("a call without an end time in Vapi gets the time of its last change as its end", async () => {
    const { call } = pastCall(-3);
    // Without messages, nothing else gives the time of the end.
    listed.push({ ...call, endedAt: undefined, artifact: undefined, messages: undefined });
    await reconcile(db, minutes(0));
    expect(await findCall(call.id)).toMatchObject({ status: "ended", endedAt: minutes(-3) });
    expect(await hasReport(call.id)).toBe(true);
    const before = await dumpDatabase();
    await reconcile(db, minutes(0));
    expect(await dumpDatabase()).toBe(before);
  });

  test("a call fetched and delivered at the same time is one call, with the delivered report", async () => {
    const { call, body } = pastCall(-3);
    listed.push({ ...call, analysis: { summary: "Another summary." } });
    await Promise.all([
      reconcile(db, minutes(0)),
      deliver(statusUpdate("ended", { callId: call.id, with: { timestamp: minutes(-3).getTime() } })),
      deliver(body),
    ]);
    await reconcile(db, minutes(2));
    expect(await db.$count(calls)).toBe(1);
    expect(await db.select({ summary: reports.summary }).from(reports)).not.toEqual([
      { summary: "Another summary." },
    ]);
    expect(await coverage()).toEqual({ calls: 1, heard: 1, reports: 1 });
  });

  test("a deleted call is not created again", async () => {
    const { call, body } = pastCall(-3);
    await deliver(body);
    await deleteSubjectCalls(db, { kind: "calls", ids: [call.id] });
    listed.push(call);
    await reconcile(db, minutes(0));
    expect(await findCall(call.id)).toBeUndefined();
    expect(await coverage()).toEqual({ calls: 0, heard: 0, reports: 0 });
  });

  test("calls from before reconciliation was turned on are ignored", async () => {
    listed.push(pastCall(-125).call);
    Object.assign(listed[0] ?? {}, { updatedAt: minutes(-1).toISOString() });
    await reconcile(db, minutes(0));
    expect(await db.$count(calls)).toBe(0);
  });

  test("once an assistant is connected, calls of assistants that never sent events are ignored", async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()];
    await db
      .insert(vapiConnections)
      .values({ kind: "assistant", resourceId: ours, name: "Clinic", accepted: [] });
    const earlier = pastCall(-9);
    await deliver(earlier.body);
    const heard = (await findCall(earlier.call.id))?.assistantId;
    const mine = [pastCall(-3, { assistantId: ours }).call, pastCall(-3, { assistantId: heard }).call];
    const foreign = pastCall(-3, { assistantId: theirs }).call;
    listed.push(...mine, foreign);
    await reconcile(db, minutes(0));
    expect(await Promise.all(mine.map(({ id }) => hasReport(id)))).toEqual([true, true]);
    expect(await findCall(foreign.id)).toBeUndefined();
  });
});

describe("reconciliation: requests to Vapi", () => {
  const few = { requests: 2, budgetMs: Number.POSITIVE_INFINITY, pageSize: 5 };
  const many = (count: number) =>
    listed.push(...Array.from({ length: count }, (_, index) => pastCall(-3 - index / 60).call));

  test("wait as long as Vapi asks, and then fetch all calls", async () => {
    many(12);
    vapi.troubles.push(...[{ status: 200 } as const].slice(1), {
      status: 429,
      headers: { "retry-after": "180" },
    });
    await reconcile(db, minutes(0));
    expect(await readReconciliation(db)).toMatchObject({
      failure: "Vapi's rate limit is reached. Earshot retries automatically.",
      retryAt: minutes(3),
    });
    await reconcile(db, minutes(2));
    expect(vapi.asked).toHaveLength(1);
    await reconcile(db, minutes(4));
    expect(await readReconciliation(db)).toMatchObject({
      failure: null,
      retryAt: null,
      doneUntil: minutes(4),
    });
    expect(await db.$count(reports)).toBe(12);
  });

  test("are limited per run, and the next run continues where the last one stopped", async () => {
    many(12);
    await reconcile(db, minutes(0), few);
    expect(vapi.asked).toHaveLength(2);
    expect(await readReconciliation(db)).toMatchObject({ doneUntil: minutes(-10), windowUntil: minutes(0) });
    expect(await db.$count(reports)).toBeLessThan(12);
    await reconcile(db, minutes(1), few);
    expect(await readReconciliation(db)).toMatchObject({ doneUntil: minutes(0), windowUntil: null });
    expect(await db.$count(reports)).toBe(12);
  });

  test("find a call that appears late in the list with the next window", async () => {
    await reconcile(db, minutes(0));
    const { call } = pastCall(-4);
    listed.push(call);
    await reconcile(db, minutes(2));
    expect(await hasReport(call.id)).toBe(true);
  });
});

describe("reconciliation: gaps", () => {
  const sentEvents = () =>
    receiver.received.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.title]);

  test("too few deliveries are notified once, and so is the recovery", async () => {
    await makeWebhookChannel(receiver.url, { tellsUpdates: true });
    const [missed, ...heard] = Array.from({ length: 4 }, () => pastCall(-3));
    for (const { body } of heard) await deliver(body);
    listed.push(...[missed, ...heard].flatMap((each) => (each ? [each.call] : [])));
    await reconcile(db, new Date());
    await sendDue(db);
    await reconcile(db, new Date());
    await sendDue(db);
    expect(sentEvents()).toEqual([["gaps.opened", "Only 75 % of calls, 75 % of reports arrived"]]);
    expect(await readComparison(db)).toMatchObject({
      gapSince: expect.any(String),
      lastDay: { calls: 4, heard: 3, reports: 3 },
    });
    await deliver(missed?.body);
    await reconcile(db, new Date());
    await sendDue(db);
    expect(sentEvents().slice(1)).toEqual([["gaps.recovered", "Recovered: Vapi’s events arrive again"]]);
    expect(await readComparison(db)).toMatchObject({
      gapSince: null,
      lastDay: { calls: 4, heard: 4, reports: 4 },
    });
  });
});
