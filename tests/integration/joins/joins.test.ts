import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { deleteSubjectCalls } from "@/db/queries/privacy/subject";
import type { CallFacts, Facts } from "@/db/queries/record/facts";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { projectReport } from "@/lib/reports/server/project-report";
import { buildBody } from "@/tests/fixtures/build-body";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { readFacts } from "@/tests/support/database/read-facts";
import { makeDelivery, recordBothWays, second } from "@/tests/support/database/record-facts";
import { deliver } from "@/tests/support/deliveries/deliver";
import { asAnotherProcess } from "@/tests/support/vitest/nested-queries";

const callOf = async (...stated: CallFacts[]) =>
  (await recordBothWays(...stated.map((call) => ({ call })))).row;

type Group = [rank: keyof CallFacts, high: CallFacts, low: CallFacts];

/**
 * The columns of each rank, with two values. The first is greater but gets the lower rank, so "the greater value wins"
 * would fail.
 */
const groups: Group[] = [
  ["statusRank", { status: "ringing" }, { status: "in-progress" }],
  [
    "originRank",
    { type: "webCall", metadata: { plan: "silver" } },
    { type: "inboundPhoneCall", metadata: { plan: "gold" } },
  ],
  ["customerRank", { customerNumber: "+15550100109" }, { customerNumber: "+15550100101" }],
  ["customerNameRank", { customerName: "Zoe" }, { customerName: "Ann" }],
  [
    "phoneNumberRank",
    { phoneNumber: "+15550100909", phoneNumberId: "phone-9" },
    { phoneNumber: "+15550100901", phoneNumberId: "phone-1" },
  ],
  ["assistantRank", { assistantId: "b" }, { assistantId: "a" }],
  ["assistantNameRank", { assistantName: "Support" }, { assistantName: "Intake" }],
  ["assistantVersionRank", { assistantVersion: "v2" }, { assistantVersion: "v1" }],
  ["startedRank", { startedAt: second(9) }, { startedAt: second(1) }],
  ["endedRank", { endedAt: second(29) }, { endedAt: second(21) }],
  ["endedReasonRank", { endedReason: "silence-timed-out" }, { endedReason: "customer-ended-call" }],
  ["costRank", { costUsd: 0.9 }, { costUsd: 0.1 }],
  [
    "lastLineRank",
    { lastLineRole: "user", lastLineText: "Yes." },
    { lastLineRole: "assistant", lastLineText: "Hello." },
  ],
  ["partialUserRank", { partialUserText: "Yes" }, { partialUserText: "I" }],
  ["partialAssistantRank", { partialAssistantText: "You" }, { partialAssistantText: "Good" }],
  ["lastToolRank", { lastToolName: "send_email" }, { lastToolName: "echo" }],
];

describe("joins: columns with a rank", () => {
  it.each(groups)("%s: the higher rank wins, regardless of arrival order", async (rank, high, low) => {
    const [weak, strong] = [
      { ...high, [rank]: 10 },
      { ...low, [rank]: 20 },
    ];
    expect(await callOf(weak, strong)).toMatchObject(strong);
    expect(await callOf(strong, weak)).toMatchObject(strong);
  });

  it.each(groups)(
    "%s: of two values with equal rank, the same one wins in either order",
    async (rank, high, low) => {
      const [one, other] = [
        { ...low, [rank]: 10 },
        { ...high, [rank]: 10 },
      ];
      expect(await callOf(one, other)).toMatchObject(other);
      expect(await callOf(other, one)).toMatchObject(other);
    },
  );

  it.each(groups)("%s: a delivery without a value keeps the stored one", async (rank, high) => {
    const given = { ...high, [rank]: 10 };
    expect(await callOf(given, {}, {})).toMatchObject(given);
    expect(await callOf({}, given)).toMatchObject(given);
  });
});

describe("joins: times and counts", () => {
  it.each([
    "userFinalAt",
    "assistantFinalAt",
    "userStartedAt",
    "userStoppedAt",
    "assistantStartedAt",
    "assistantStoppedAt",
    "assistantSpokeAt",
    "hangAt",
    "lastEventAt",
  ] as const)("%s: the latest time wins and is kept when a delivery has none", async (column) => {
    const [early, late] = [{ [column]: second(3) }, { [column]: second(7) }];
    expect(await callOf(early, late, {})).toMatchObject(late);
    expect(await callOf(late, early, {})).toMatchObject(late);
  });

  it.each(["alertedAt", "checkedAt"] as const)("%s: a later delivery does not remove it", async (column) => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId, atMs: 1_000 }));
    await db
      .update(calls)
      .set({ [column]: second(5) })
      .where(eq(calls.id, callId));
    await deliver(statusUpdate("ended", { callId, atMs: 9_000 }));
    const [row] = await db.select().from(calls).where(eq(calls.id, callId));
    expect(row?.[column]).toEqual(second(5));
  });

  it("the greatest maxSeconds and the earliest createdAt win", async () => {
    const [one, other] = [
      { maxSeconds: 600, createdAt: second(8) },
      { maxSeconds: 900, createdAt: second(4) },
    ];
    const both = { maxSeconds: 900, createdAt: second(4) };
    expect(await callOf(one, other)).toMatchObject(both);
    expect(await callOf(other, one)).toMatchObject(both);
  });

  it("hang counts are added, and each delivery increases the version by one", async () => {
    expect(await callOf({ hangs: 1 }, {}, { hangs: 2 })).toMatchObject({ hangs: 3, version: 3 });
  });

  it.each(["documentedVersion", "judgedVersion"] as const)("%s: a delivery clears it", async (column) => {
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId, atMs: 1_000 }));
    await db
      .update(calls)
      .set({ [column]: 1 })
      .where(eq(calls.id, callId));
    await deliver(statusUpdate("forwarding", { callId, atMs: 2_000 }));
    const [row] = await db.select().from(calls).where(eq(calls.id, callId));
    expect(row?.[column]).toBeNull();
  });
});

describe("joins: conflicting rows with the same key", () => {
  async function expectSameInBothOrders(one: Facts, other: Facts) {
    const [straight, turned] = [await recordBothWays(one, other), await recordBothWays(other, one)];
    expect(turned).toEqual(straight);
    return straight;
  }

  it("the longer line wins; of two equally long lines, the same one wins in either order", async () => {
    const line = (text: string) => ({
      lines: [{ key: lineKey, role: "user" as const, source: "transcript" as const, text, at: second(2) }],
    });
    const lineKey = randomUUID();
    expect((await expectSameInBothOrders(line("Thursday"), line("Thurs"))).lines).toMatchObject([
      { text: "Thursday" },
    ]);
    await expectSameInBothOrders(line("Thursday"), line("Saturday"));
  });

  it("the tool call answer with the higher rank wins; with equal rank, the same one wins in either order", async () => {
    const answer = (result: string | null, rank: number, error: string | null = null) => ({
      toolCalls: [
        {
          id: "call_1",
          name: "find_slot",
          arguments: {},
          asked: "",
          askedAt: second(3),
          answeredAt: second(4),
          result,
          error,
          rank,
        },
      ],
    });
    expect((await expectSameInBothOrders(answer("10:15", 2), answer("11:30", 1))).toolCalls).toMatchObject([
      { result: "10:15" },
    ]);
    await expectSameInBothOrders(answer("10:15", 1), answer("11:30", 1));
    await expectSameInBothOrders(answer("10:15", 1), answer(null, 1, "No slot."));
  });

  it("the newer report wins; of two equally new reports, the same one wins in either order", async () => {
    const report = (summary: string, at: number) =>
      projectReport({ analysis: { summary }, endedReason: "customer-ended-call" }, second(at));
    expect((await expectSameInBothOrders(report("a", 20), report("b", 10))).report).toMatchObject([
      { summary: "a" },
    ]);
    await expectSameInBothOrders(report("a", 20), report("b", 20));
  });
});

it("joins: of two concurrent calls, the later one becomes the conversation's newest even if written first", async () => {
  const [conversationId, first, later, earlier] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const made = (callId: string, createdAt: Date) =>
    makeDelivery(callId, { call: { createdAt } }, conversationId);
  await recordDelivery(db, made(first, second(1)));
  // Another process has written the later call but not committed it; the earlier call waits for its lock.
  const waiting = await db.transaction(async (tx) => {
    await tx
      .update(conversations)
      .set({ lastCallId: later, lastCallAt: second(20) })
      .where(eq(conversations.id, conversationId));
    return asAnotherProcess(async () => {
      const recording = recordDelivery(db, made(earlier, second(10)));
      const isHeldUp = sql`datname = current_database() and wait_event_type = 'Lock'`;
      await expect
        .poll(() => db.execute(sql`select pid from pg_stat_activity where ${isHeldUp}`))
        .toHaveLength(1);
      return { recording };
    });
  });
  await waiting.recording;
  const [kept] = await db.select().from(conversations).where(eq(conversations.id, conversationId));
  expect(kept).toMatchObject({ lastCallId: later, lastCallAt: second(20) });
});

it("call.deleted: a late event is stored and recreates neither the deleted call nor its conversation", async () => {
  const [callId, conversation] = [randomUUID(), randomUUID()];
  await deliver(statusUpdate("in-progress", { callId, atMs: 1_000 }), { conversation });
  await deliver(statusUpdate("ended", { callId, atMs: 9_000 }), { conversation });
  expect(await deleteSubjectCalls(db, { kind: "conversation", uuid: conversation })).toEqual([callId]);

  for (const type of ["call.deleted", "call.delete.failed"])
    await deliver(buildBody(type, {}, { callId, atMs: 20_000 }), { conversation });
  expect(await db.$count(events, eq(events.callId, callId))).toBe(2);
  expect(await db.$count(calls, eq(calls.id, callId))).toBe(0);
  expect(await db.$count(conversations, eq(conversations.id, conversation))).toBe(0);
});

it("call.deleted: a late event does not recreate the deleted call in a shared conversation", async () => {
  const [callId, other, conversation] = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of [callId, other])
    await deliver(statusUpdate("ended", { callId: id, atMs: 9_000 }), { conversation });
  await deleteSubjectCalls(db, { kind: "calls", ids: [callId] });

  await deliver(buildBody("call.deleted", {}, { callId, atMs: 20_000 }), { conversation });
  const kept = await db.select().from(events).where(eq(events.callId, callId));
  expect(kept).toMatchObject([{ type: "call.deleted", outcome: "recorded" }]);
  expect((await readFacts(callId)).marks).toEqual([]);
  expect(await db.$count(calls, eq(calls.conversationId, conversation))).toBe(1);
});

it("call.deleted: on an existing call the event adds a mark", async () => {
  const callId = randomUUID();
  await deliver(statusUpdate("ended", { callId, atMs: 9_000 }));
  await deliver(buildBody("call.deleted", {}, { callId, atMs: 20_000 }));
  expect((await readFacts(callId)).marks).toMatchObject([{ kind: "deleted" }]);
});
