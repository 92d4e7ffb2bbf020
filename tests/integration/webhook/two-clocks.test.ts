import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { toMoments, toTranscript } from "@/lib/calls/transcript";
import type { Body } from "@/tests/fixtures/body";
import { buildWebCall } from "@/tests/fixtures/build-web-call";
import { deliver } from "@/tests/support/deliveries/deliver";

/** The items a reader sees of a call, in order. */
async function readItems(bodies: readonly Body[], callId: string): Promise<string[]> {
  for (const body of bodies) await deliver(body);
  const detail = await getCallDetail(db, callId);
  if (!detail) throw new Error("the call is not there");
  return toTranscript(detail.lines, [], toMoments(detail.toolCalls, detail.marks)).map((item) => {
    if (item.kind === "bubble") return item.text;
    if (item.what === "action") return item.action.action;
    return item.what === "tool" ? item.toolCall.name : item.mark.kind;
  });
}

const inOrder = [
  "Garland Flowers, how can I help?",
  "Which flowers do you have today?",
  "list_flowers",
  "We have tulips and white roses today. Shall I",
  "interrupted",
  "Roses, please.",
  "Certainly, roses it is.",
];

it("web calls: tool calls and interruptions appear where they happened, although messages use another clock", async () => {
  const { bodies, callId } = buildWebCall({ callId: randomUUID() });
  expect(await readItems(bodies, callId)).toEqual(inOrder);
  const detail = await getCallDetail(db, callId);
  const bar = detail?.marks.find(({ kind }) => kind === "speech-started");
  expect(detail?.lines[0]?.at).toBe(bar?.at);
});

it("web calls: the conversation's order puts a tool call before the answer, even without speech updates", async () => {
  const { bodies, callId } = buildWebCall({ callId: randomUUID() });
  const silent = bodies.filter(
    ({ message }) => !["speech-update", "user-interrupted"].includes(message.type),
  );
  expect(await readItems(silent, callId)).toEqual(inOrder.filter((item) => item !== "interrupted"));
});

it("web calls: a report alone puts a tool call before the line that uses its result", async () => {
  const { bodies, callId } = buildWebCall({ callId: randomUUID() });
  const report = bodies.filter(({ message }) => message.type === "end-of-call-report");
  expect(await readItems(report, callId)).toEqual(inOrder.filter((item) => item !== "interrupted"));
});
