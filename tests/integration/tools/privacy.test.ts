import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { scrubCalls } from "@/db/queries/privacy/scrub-calls";
import { countSubject } from "@/db/queries/privacy/subject";
import { claimEffect, settleEffect } from "@/db/queries/tools/effects";
import { calls } from "@/db/schema/calls";
import { toolEffects } from "@/db/schema/tools";
import { deleteSubject } from "@/lib/privacy/server/erase";
import { deletionPhrase } from "@/lib/privacy/subject";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { askTool } from "@/tests/support/deliveries/ask-tools";
import { deliver } from "@/tests/support/deliveries/deliver";
import { tester } from "@/tests/support/makers/make-credential";

const note = (callId: string, customerNumber: string) =>
  askTool("update_context", { changes: { who: "Quentin" } }, { callId, customerNumber });
const effectsOf = (callId: string) => db.select().from(toolEffects).where(eq(toolEffects.callId, callId));

test("retention: a tool's answer is deleted with the transcript, and its effect is not run again", async () => {
  const callId = randomUUID();
  await note(callId, "+15550100161");
  await scrubCalls(db, "transcripts", [callId]);
  expect(await effectsOf(callId)).toMatchObject([{ result: null, error: null }]);
  expect(await note(callId, "+15550100161")).toBe(
    "This request was already completed. Its result is no longer stored.",
  );
});

test("retention: a tool's error is deleted with the transcript", async () => {
  const effect = { callId: randomUUID(), toolCallId: "call_1", asked: "" };
  await claimEffect(db, { ...effect, tool: "book" }, 1_000);
  await settleEffect(db, effect, { error: "Quentin is not known." });
  await scrubCalls(db, "transcripts", [effect.callId]);
  expect(await effectsOf(effect.callId)).toMatchObject([{ result: null, error: null }]);
});

/** Records a call of this conversation, and settles an effect of a message without a call id. */
async function noteWithoutCall(uuid: string, customerNumber: string, second: number): Promise<string> {
  const callId = randomUUID();
  const createdAt = new Date(Date.now() - 60_000 + second * 1_000).toISOString();
  const { message } = statusUpdate("ended", { callId, customerNumber });
  const call = { ...Object(Reflect.get(message, "call")), createdAt };
  await deliver({ message: { ...message, call } }, { conversation: uuid });
  const effect = { callId: uuid, toolCallId: callId, asked: "" };
  await claimEffect(db, { ...effect, tool: "book" }, 1_000);
  await settleEffect(db, effect, { result: "Quentin is booked." });
  await db
    .update(toolEffects)
    .set({ claimedAt: new Date(Date.parse(createdAt) + 1_000) })
    .where(eq(toolEffects.toolCallId, callId));
  return callId;
}

test("retention: an effect of a message without a call id belongs to the newest call of its time", async () => {
  const uuid = randomUUID();
  const [old, young] = [
    await noteWithoutCall(uuid, "+15550100164", 0),
    await noteWithoutCall(uuid, "+15550100165", 10),
  ];
  const resultsOf = async () =>
    new Map((await effectsOf(uuid)).map(({ toolCallId, result }) => [toolCallId, result]));
  await scrubCalls(db, "transcripts", [old]);
  expect(await resultsOf()).toEqual(
    new Map([
      [old, null],
      [young, "Quentin is booked."],
    ]),
  );
  await db.update(calls).set({ customerName: "Quentin" }).where(eq(calls.id, young));
  await scrubCalls(db, "personal", [young]);
  expect((await resultsOf()).get(young)).toBe("••• is booked.");

  await db.update(calls).set({ customerNumber: "+15550100165" }).where(eq(calls.id, young));
  for (const [number, left] of [
    ["+15550100164", [young]],
    ["+15550100165", []],
  ] as const) {
    const subject = { kind: "number", number } as const;
    await deleteSubject(db, subject, deletionPhrase(await countSubject(db, subject)), tester);
    expect([...(await resultsOf()).keys()]).toEqual(left);
  }
});

test("deletion: a caller's tool effects are deleted with the caller's data, and no other caller's", async () => {
  const [callId, other] = [randomUUID(), randomUUID()];
  await note(callId, "+15550100162");
  await note(other, "+15550100163");
  expect(await effectsOf(callId)).toHaveLength(1);
  await db
    .update(calls)
    .set({ status: "ended" })
    .where(inArray(calls.id, [callId, other]));
  const subject = { kind: "number", number: "+15550100162" } as const;
  await deleteSubject(db, subject, deletionPhrase(await countSubject(db, subject)), tester);
  expect(await effectsOf(callId)).toEqual([]);
  expect(await effectsOf(other)).toHaveLength(1);
});
