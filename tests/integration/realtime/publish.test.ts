import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Push } from "@/lib/realtime/push";
import { boardChannel, callChannel } from "@/lib/realtime/push";
import { sendPushes } from "@/lib/realtime/server/send";
import { hang } from "@/tests/fixtures/hang";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { deliver } from "@/tests/support/deliveries/deliver";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

/** Listens to one channel with the official browser client. */
async function listen(channelName: string): Promise<Push[]> {
  return collectPushes(await join(await connectClient(testPusher.port), channelName));
}

it("realtime: a recorded event reaches the board as the call's summary", async () => {
  const call = { callId: randomUUID() };
  const heard = await listen(boardChannel);
  await deliver(statusUpdate("in-progress", call));
  await expect
    .poll(() => heard)
    .toMatchObject([
      { kind: "call", call: { id: call.callId, status: "in-progress", version: 1 }, previousVersion: 0 },
    ]);
});

it("realtime: a final line reaches the call's own channel", async () => {
  const call = { callId: randomUUID() };
  const heard = await listen(callChannel(call.callId));
  await deliver(transcriptFinal("user", "Can I come on Thursday?", call));
  await expect
    .poll(() => heard)
    .toMatchObject([
      {
        kind: "call",
        added: { lines: [{ role: "user", text: "Can I come on Thursday?", source: "transcript" }] },
      },
    ]);
});

it("realtime: a partial reaches the call's own channel", async () => {
  const call = { callId: randomUUID() };
  const heard = await listen(callChannel(call.callId));
  await deliver(transcriptPartial("user", "Can I co", call));
  await expect
    .poll(() => heard)
    .toMatchObject([{ kind: "partial", callId: call.callId, partial: { role: "user", text: "Can I co" } }]);
});

it("realtime: for concurrent events, every line is pushed once and no version is skipped", async () => {
  const call = { callId: randomUUID() };
  await deliver(statusUpdate("in-progress", { ...call, atMs: 100 }));
  const heard = await listen(callChannel(call.callId));
  const finals = ["One.", "Two.", "Three."].map((text, n) =>
    transcriptFinal("user", text, { ...call, atMs: 1_000 + n }),
  );
  await Promise.all([...finals, hang({ ...call, atMs: 5_000 })].map((body) => deliver(body)));
  const pushes = () => heard.flatMap((push) => (push.kind === "call" ? [push] : []));
  await expect.poll(() => pushes().at(-1)?.call.version).toBe(5);
  expect(pushes()[0]?.previousVersion).toBe(1);
  for (const [n, push] of pushes().slice(1).entries())
    expect(push.previousVersion).toBe(pushes()[n]?.call.version);
  const lines = pushes().flatMap((push) => push.added?.lines ?? []);
  expect(lines.map(({ text }) => text).sort()).toEqual(["One.", "Three.", "Two."]);
});

it("realtime: a duplicate is not pushed", async () => {
  const call = { callId: randomUUID() };
  const body = statusUpdate("in-progress", call);
  await deliver(body);
  const heard = await listen(callChannel(call.callId));
  await deliver(body);
  await deliver(hang({ ...call, atMs: 90_000 }));
  await expect.poll(() => heard[0]).toMatchObject({ kind: "call", call: { version: 2, hangs: 1 } });
});

it("realtime: a push too large for Pusher is sent as stale, so that browsers refetch", async () => {
  const call = { callId: randomUUID() };
  const heard = await listen(callChannel(call.callId));
  await deliver(transcriptFinal("assistant", "long ".repeat(3_000), call));
  await expect.poll(() => heard).toEqual([{ kind: "stale", callId: call.callId }]);
});

it("realtime: a push to 25 channels reaches each one despite Pusher's limit of ten events per request", async () => {
  const client = await connectClient(testPusher.port);
  const callIds = Array.from({ length: 25 }, () => randomUUID());
  const heard = await Promise.all(
    callIds.map(async (callId) => collectPushes(await join(client, callChannel(callId)))),
  );
  await sendPushes(
    callIds.map((callId) => ({ channel: callChannel(callId), push: { kind: "stale", callId } })),
  );
  await expect.poll(() => heard).toEqual(callIds.map((callId) => [{ kind: "stale", callId }]));
});
