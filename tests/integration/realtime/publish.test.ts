import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { boardChannel, callChannel, pushEvent } from "@/lib/realtime/channels";
import { type CallPush, type Push, pushSchema } from "@/lib/realtime/push";
import { hang } from "@/tests/fixtures/hang";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { deliver } from "@/tests/support/deliver";
import { connectClient, next, subscribe } from "@/tests/support/pusher-clients";
import { testPusher } from "@/tests/support/test-pusher";

/** Listens to one channel with the official browser client; each push is checked against the schema browsers use. */
async function listen(channelName: string) {
  const channel = await subscribe(await connectClient(testPusher.port), channelName);
  return { next: async () => pushSchema.parse(await next(channel, pushEvent)) };
}

it("a recorded event reaches the board as the call's summary", async () => {
  const call = { callId: randomUUID() };
  const board = await listen(boardChannel);
  const heard = board.next();
  await deliver(statusUpdate("in-progress", call));
  expect(await heard).toMatchObject({
    kind: "call",
    call: { id: call.callId, status: "in-progress", version: 1 },
    previousVersion: 0,
  });
});

it("a final reaches the call's own channel with the line itself", async () => {
  const call = { callId: randomUUID() };
  const channel = await listen(callChannel(call.callId));
  const heard = channel.next();
  await deliver(transcriptFinal("user", "Can I come on Thursday?", call));
  expect(await heard).toMatchObject({
    kind: "call",
    added: { lines: [{ role: "user", text: "Can I come on Thursday?", source: "transcript" }] },
  });
});

it("a partial reaches the call's own channel", async () => {
  const call = { callId: randomUUID() };
  const channel = await listen(callChannel(call.callId));
  const heard = channel.next();
  await deliver(transcriptPartial("user", "Can I co", call));
  expect(await heard).toMatchObject({
    kind: "partial",
    callId: call.callId,
    partial: { role: "user", text: "Can I co" },
  });
});

it("what happens at once is told whole: every line once, no version left out", async () => {
  const call = { callId: randomUUID() };
  await deliver(statusUpdate("in-progress", { ...call, atMs: 100 }));
  const channel = await listen(callChannel(call.callId));
  const finals = ["One.", "Two.", "Three."].map((text, n) =>
    transcriptFinal("user", text, { ...call, atMs: 1_000 + n }),
  );
  const heard = hearUntil(channel, 5);
  await Promise.all([...finals, hang({ ...call, atMs: 5_000 })].map((body) => deliver(body)));
  const pushes = await heard;
  expect(pushes[0]?.previousVersion).toBe(1);
  for (const [n, push] of pushes.slice(1).entries())
    expect(push.previousVersion).toBe(pushes[n]?.call.version);
  const lines = pushes.flatMap((push) => push.added?.lines ?? []);
  expect(lines.map(({ text }) => text).sort()).toEqual(["One.", "Three.", "Two."]);
});

/** Every push of a call until the one that carries `version`. */
async function hearUntil(channel: { next: () => Promise<Push> }, version: number): Promise<CallPush[]> {
  const push = await channel.next();
  if (push.kind !== "call") throw new Error(`a ${push.kind} push`);
  return push.call.version >= version ? [push] : [push, ...(await hearUntil(channel, version))];
}

it("a duplicate is told to nobody", async () => {
  const call = { callId: randomUUID() };
  const body = statusUpdate("in-progress", call);
  await deliver(body);
  const channel = await listen(callChannel(call.callId));
  const heard = channel.next();
  await deliver(body);
  await deliver(hang({ ...call, atMs: 90_000 }));
  expect(await heard).toMatchObject({ kind: "call", call: { version: 2, hangs: 1 } });
});

it("what is too large for Pusher is announced as stale, so that browsers fetch it", async () => {
  const call = { callId: randomUUID() };
  const channel = await listen(callChannel(call.callId));
  const heard = channel.next();
  await deliver(transcriptFinal("assistant", "long ".repeat(3_000), call));
  expect(await heard).toEqual({ kind: "stale", callId: call.callId });
});
