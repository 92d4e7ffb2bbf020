import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { generateCall } from "@/scripts/simulator/generate-call";
import { readOrder } from "@/scripts/simulator/live/orders";
import { deliver } from "@/tests/support/deliveries/deliver";

const everything = { hangs: 1, tools: 1, interruptions: 1, functionCalls: 0, duplicates: 0.2, disorder: 0.3 };

async function live(
  seed: string,
  transfers: number,
  orders: readonly (readonly [atMs: number, body: object])[] = [],
) {
  const call = generateCall(seed, { ...everything, transfers });
  for (const [atMs, body] of orders) {
    const order = readOrder(JSON.stringify(body));
    if (typeof order === "string") throw new Error(order);
    expect(call.live.obey(order, atMs)).toBeNull();
  }
  // As Vapi posts: neighbouring events at the same time.
  for (let from = 0; from < call.events.length; from += 12) {
    const neighbours = call.events.slice(from, from + 12);
    const answers = await Promise.all(
      neighbours.map(({ message }) => deliver({ message }, { conversation: call.conversationUuid })),
    );
    expect(answers.map(({ status }) => status)).toEqual(neighbours.map(() => 200));
  }
  const detail = await getCallDetail(db, call.callId);
  if (!detail) throw new Error("The call is not known.");
  const messages = call.events.map(({ message }) => message);
  const report = messages.find(({ type }) => type === "end-of-call-report");
  return { call, detail, messages, report };
}

const said = (lines: readonly { role: string; text: string }[]) =>
  lines.map(({ role, text }) => `${role === "assistant" ? "AI" : "User"}: ${text}\n`).join("");

describe("a simulated call delivered with duplicates and in disorder", () => {
  test.each([
    ["one that ends by itself", 0],
    ["one that is transferred", 1],
  ])("is recorded correctly: %s", async (name, transfers) => {
    const { call, detail, messages, report } = await live(name, transfers);
    const unique = (type: string) =>
      new Set(messages.filter((one) => one.type === type).map((one) => JSON.stringify(one)));
    expect(detail.call).toMatchObject({
      status: "ended",
      conversationUuid: call.conversationUuid,
      endedReason: report?.endedReason,
      startedAt: report?.startedAt,
      endedAt: report?.endedAt,
      costUsd: report?.cost,
    });
    expect(said(detail.lines)).toBe(report?.transcript);
    expect(detail.marks.filter(({ kind }) => kind === "hang")).toHaveLength(unique("hang").size);
    expect(detail.marks.filter(({ kind }) => kind === "interrupted")).toHaveLength(
      unique("user-interrupted").size,
    );
    expect(detail.marks.filter(({ kind }) => kind === "transfer")).toHaveLength(transfers);
    expect(detail.toolCalls.length).toBeGreaterThan(0);
    expect(detail.partials).toEqual([]);
  });

  test("is recorded correctly when live control changes it", async () => {
    const destination = { type: "number", number: "+15550100444" };
    const { detail, report } = await live("steered on the way", 0, [
      [12_000, { type: "say", content: "Sorry for the wait." }],
      [17_000, { type: "add-message", message: { role: "system", content: "Mention the discount." } }],
      [26_000, { type: "control", control: "mute-assistant" }],
      [45_000, { type: "control", control: "unmute-assistant" }],
      [52_000, { type: "handoff", destination: { type: "assistant", assistantName: "Billing Support" } }],
      [70_000, { type: "transfer", destination, content: "I am putting you through." }],
    ]);
    expect(detail.call).toMatchObject({
      status: "ended",
      endedReason: "assistant-forwarded-call",
      assistantName: "Billing Support",
    });
    expect(said(detail.lines)).toBe(report?.transcript);
    for (const line of ["Sorry for the wait.", "Mention the discount.", "I am putting you through."]) {
      expect(detail.lines.some(({ role, text }) => role === "assistant" && text.includes(line))).toBe(true);
    }
    expect(detail.marks.filter(({ kind }) => kind === "transfer")).toMatchObject([
      { detail: destination.number },
    ]);
    expect(detail.marks.filter(({ kind }) => kind === "assistant-started")).toHaveLength(2);
    expect(detail.partials).toEqual([]);
  });
});
