import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail, listCalls } from "@/db/queries/calls/read";
import { buildBody } from "@/tests/fixtures/build-body";
import { shortConversation, toArtifactMessages } from "@/tests/fixtures/conversation";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { createdAtMs } from "@/tests/fixtures/fixture-call";
import { hang } from "@/tests/fixtures/hang";
import { speechUpdate } from "@/tests/fixtures/speech-update";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { readFacts } from "@/tests/support/database/read-facts";
import { deliver } from "@/tests/support/deliveries/deliver";

const newCall = () => ({ callId: randomUUID() });

async function readDetail(callId: string) {
  const detail = await getCallDetail(db, callId);
  if (!detail) throw new Error("the call is not there");
  return detail;
}

it("webhook: a late in-progress status does not reopen an ended call", async () => {
  const call = newCall();
  await deliver(statusUpdate("ended", { ...call, atMs: 9_000 }));
  await deliver(statusUpdate("in-progress", { ...call, atMs: 1_000 }));
  await deliver(statusUpdate("in-progress", { ...call, atMs: 9_500 }));
  expect((await readDetail(call.callId)).call.status).toBe("ended");
});

it("webhook: an in-progress status wins over an earlier forwarding status that arrives late", async () => {
  const call = newCall();
  await deliver(statusUpdate("in-progress", { ...call, atMs: 5_000 }));
  await deliver(statusUpdate("forwarding", { ...call, atMs: 3_000 }));
  expect((await readDetail(call.callId)).call.status).toBe("in-progress");
});

it("webhook: speech shows that a call is answered, even if the status that said so was lost", async () => {
  const call = newCall();
  await deliver(statusUpdate("queued", { ...call, atMs: 500 }));
  await deliver(statusUpdate("ringing", { ...call, atMs: 1_000 }));
  expect((await readDetail(call.callId)).call.status).toBe("ringing");
  await deliver(speechUpdate("user", "started", { ...call, atMs: 5_000 }));
  expect((await readDetail(call.callId)).call.status).toBe("in-progress");
  await deliver(statusUpdate("ringing", { ...call, atMs: 2_000 }));
  expect((await readDetail(call.callId)).call.status).toBe("in-progress");
  await deliver(statusUpdate("forwarding", { ...call, atMs: 8_000 }));
  await deliver(transcriptFinal("assistant", "I will connect you.", { ...call, atMs: 8_500 }));
  expect((await readDetail(call.callId)).call.status).toBe("forwarding");
});

it("webhook: an event without the assistant's name, number or metadata takes none that others brought", async () => {
  const assistant = { id: "assistant-1", name: "Intake", metadata: { plan: "gold" } };
  const phoneNumber = { id: "phone-1", number: "+15550100901" };
  const body = (callId: string, atMs: number, parts: object) => ({
    message: {
      ...{ type: "status-update", status: "in-progress", timestamp: createdAtMs + atMs, ...parts },
      call: { id: callId, type: "inboundPhoneCall", assistantId: "assistant-1", phoneNumberId: "phone-1" },
    },
  });
  const bare = (callId: string) => body(callId, 1_000, {});
  const full = (callId: string) => body(callId, 2_000, { assistant, phoneNumber, assistantVersion: "v4" });
  const first = newCall();
  await deliver(bare(first.callId));
  await deliver(full(first.callId));
  const second = newCall();
  await deliver(full(second.callId));
  await deliver(bare(second.callId));
  for (const { callId } of [first, second]) {
    const [row] = (await readFacts(callId)).call;
    expect(row).toMatchObject({
      ...{ assistantId: "assistant-1", assistantName: "Intake", assistantVersion: "v4" },
      ...{ phoneNumber: "+15550100901", phoneNumberId: "phone-1", metadata: { plan: "gold" } },
    });
  }
});

it("webhook: a report ends a call without an ended status, with the report's times", async () => {
  const call = newCall();
  await deliver(statusUpdate("in-progress", { ...call, atMs: 1_000 }));
  await deliver(endOfCallReport({ ...call, startedMs: 850, endedMs: 16_400 }));
  const { call: ended } = await readDetail(call.callId);
  expect(ended).toMatchObject({
    status: "ended",
    durationSeconds: 15.55,
    endedReason: "customer-ended-call",
  });
});

it("webhook: a call that nobody answered has an end and no length, whatever its report lacks", async () => {
  const endedReason = "customer-did-not-answer";
  for (const times of [{ endedAt: new Date(createdAtMs + 20_000).toISOString() }, {}]) {
    const call = newCall();
    await deliver(statusUpdate("ended", { ...call, atMs: 22_500, endedReason }));
    await deliver(
      buildBody(
        "end-of-call-report",
        { endedReason, durationSeconds: 0, ...times },
        { ...call, atMs: 25_000, messages: [] },
      ),
    );
    const { call: ended } = await readDetail(call.callId);
    expect(ended).toMatchObject({
      startedAt: null,
      durationSeconds: null,
      endedAt: times.endedAt ?? new Date(createdAtMs + 22_500).toISOString(),
    });
  }
});

it("webhook: the words of a call are those that its ended status brings when nothing else arrives", async () => {
  const call = newCall();
  await deliver(statusUpdate("ended", { ...call, messages: toArtifactMessages(shortConversation) }));
  const { lines } = await readDetail(call.callId);
  expect(lines.map(({ text }) => text)).toEqual(shortConversation.map(([, text]) => text));
});

it("webhook: which assistant said a message is known in any order of the updates that name it or do not", async () => {
  const spoken = { role: "bot", message: "Billing here.", time: createdAtMs + 2_000 };
  const named = { ...spoken, assistantName: "Billing", message: "Billing here. How" };
  for (const order of [
    [spoken, named],
    [named, spoken],
  ]) {
    const call = newCall();
    for (const message of order)
      await deliver(buildBody("conversation-update", { messages: [message] }, { ...call, atMs: 3_000 }));
    const { lines } = await readDetail(call.callId);
    expect(lines).toMatchObject([{ text: "Billing here. How", assistantName: "Billing" }]);
  }
});

it("webhook: an ended status alone ends a call, and a later report corrects its times", async () => {
  const call = newCall();
  await deliver(statusUpdate("in-progress", { ...call, atMs: 875 }));
  await deliver(statusUpdate("ended", { ...call, atMs: 18_900 }));
  expect((await readDetail(call.callId)).call).toMatchObject({ status: "ended", durationSeconds: 18.025 });
  await deliver(endOfCallReport({ ...call, startedMs: 850, endedMs: 16_400 }));
  expect((await readDetail(call.callId)).call.durationSeconds).toBe(15.55);
});

it("webhook: a partial that arrives after its line is not shown", async () => {
  const call = newCall();
  await deliver(transcriptFinal("user", "I need an appointment on Thursday.", { ...call, atMs: 5_000 }));
  await deliver(transcriptPartial("user", "I need an appoint", { ...call, atMs: 4_600 }));
  const detail = await readDetail(call.callId);
  expect(detail.partials).toEqual([]);
  expect(detail.call.lastLine).toMatchObject({ text: "I need an appointment on Thursday.", final: true });
});

it("webhook: the newest partial wins, regardless of arrival order", async () => {
  const call = newCall();
  await deliver(transcriptPartial("user", "a medical follow-up", { ...call, atMs: 4_900 }));
  await deliver(transcriptPartial("user", "a medical phone", { ...call, atMs: 4_600 }));
  expect((await readDetail(call.callId)).partials).toMatchObject([
    { role: "user", text: "a medical follow-up" },
  ]);
});

it("webhook: a hang stays open until the assistant speaks, and does not end the call", async () => {
  const call = newCall();
  await deliver(statusUpdate("in-progress", { ...call, atMs: 1_000 }));
  await deliver(hang({ ...call, atMs: 7_000 }));
  await deliver(speechUpdate("assistant", "started", { ...call, atMs: 6_000 }));
  expect((await readDetail(call.callId)).call).toMatchObject({
    status: "in-progress",
    openAlerts: 1,
    hangs: 1,
  });
  await deliver(speechUpdate("assistant", "started", { ...call, atMs: 8_000 }));
  expect((await readDetail(call.callId)).call).toMatchObject({ hangingSince: null, openAlerts: 0, hangs: 1 });
});

it("webhook: a repeated delivery adds no line, no hang and no version", async () => {
  const call = newCall();
  const [line, slow] = [
    transcriptFinal("user", "Hello?", { ...call, atMs: 2_000 }),
    hang({ ...call, atMs: 6_000 }),
  ];
  for (const body of [line, slow]) await deliver(body);
  const once = await readDetail(call.callId);
  await Promise.all([line, slow, line, slow].map((body) => deliver(body)));
  expect(await readDetail(call.callId)).toEqual(once);
});

it("webhook: a report repeated with a new presigned link changes nothing", async () => {
  const call = newCall();
  const report = endOfCallReport(call);
  await deliver(report);
  const first = await readDetail(call.callId);
  const links = {
    presignedRecordingUrl: "https://files.example.com/rec.wav?X-Amz-Signature=1234567890abcdef",
  };
  await deliver({ message: { ...report.message, ...links } });
  expect(await readDetail(call.callId)).toEqual(first);
});

it("webhook: a call without transcripts takes its lines from conversation updates", async () => {
  const call = newCall();
  const said = (text: string) => ({
    role: "bot",
    message: text,
    time: Date.UTC(2026, 0, 15, 9, 0, 2),
    secondsFromStart: 2,
  });
  await deliver(
    buildBody(
      "conversation-update",
      { messages: [said("Brightwater Dental, how can I help?")] },
      { ...call, atMs: 9_000 },
    ),
  );
  await deliver(
    buildBody("conversation-update", { messages: [said("Brightwater Dental,")] }, { ...call, atMs: 4_000 }),
  );
  expect((await readDetail(call.callId)).lines).toMatchObject([
    { role: "assistant", text: "Brightwater Dental, how can I help?", source: "conversation" },
  ]);
});

it.each([
  ["before", ["bare", "named"]],
  ["after", ["named", "bare"]],
] as const)(
  "webhook: an event without a call ID that arrives %s the call's own event joins the conversation's call",
  async (_, order) => {
    const [conversation, call] = [randomUUID(), newCall()];
    const bodies = {
      named: statusUpdate("in-progress", { ...call, atMs: 1_000 }),
      bare: { message: { type: "hang", timestamp: Date.UTC(2026, 0, 15, 9, 0, 9) } },
    };
    for (const name of order) await deliver(bodies[name], { conversation });
    const detail = await readDetail(call.callId);
    expect(detail.call).toMatchObject({ hangs: 1, openAlerts: 1, version: 2 });
    expect(detail.marks).toMatchObject([{ kind: "hang" }]);
    expect(await getCallDetail(db, conversation)).toBeNull();
  },
);

it("webhook: twenty events without a call ID and twenty with one, delivered at once, form one call", async () => {
  const [conversation, call] = [randomUUID(), newCall()];
  const bare = Array.from({ length: 20 }, (_, n) => ({
    message: {
      type: "transcript",
      transcriptType: "final",
      role: "user",
      transcript: `bare ${n}`,
      timestamp: Date.UTC(2026, 0, 15, 9, 1, n),
    },
  }));
  const named = Array.from({ length: 20 }, (_, n) =>
    transcriptFinal("assistant", `named ${n}`, { ...call, atMs: 1_000 + n }),
  );
  await Promise.all(
    bare.flatMap((body, n) => [deliver(body, { conversation }), deliver(named[n], { conversation })]),
  );
  const detail = await readDetail(call.callId);
  expect(detail.lines).toHaveLength(40);
  expect(detail.call.version).toBe(40);
  const all = (await listCalls(db, { limit: 1_000 })).calls.filter(
    (known) => known.conversationUuid === conversation,
  );
  expect(all).toHaveLength(1);
});

it("webhook: another server's tool call is read from conversation updates that arrive out of order", async () => {
  const call = newCall();
  const at = Date.UTC(2026, 0, 15, 9, 0, 10);
  const fn = { name: "find_slot", arguments: '{"day":"Thursday"}' };
  const asked = {
    role: "tool_calls",
    message: "",
    time: at,
    toolCalls: [{ id: "call_a1", type: "function", function: fn }],
  };
  const answered = {
    role: "tool_call_result",
    toolCallId: "call_a1",
    name: "find_slot",
    result: "10:15",
    time: at + 900,
  };
  await deliver(buildBody("conversation-update", { messages: [asked, answered] }, { ...call, atMs: 11_000 }));
  await deliver(buildBody("conversation-update", { messages: [asked] }, { ...call, atMs: 10_100 }));
  const detail = await readDetail(call.callId);
  expect(detail.call.lastToolName).toBe("find_slot");
  expect(detail.toolCalls).toMatchObject([
    { toolCallId: "call_a1", arguments: { day: "Thursday" }, result: "10:15", error: null },
  ]);
});

it("webhook: a 2024-format function-call and its history entry form one tool call, with Earshot's own answer", async () => {
  const call = newCall();
  const fn = { name: "echo", arguments: '{"text":"hello"}' };
  const asked = {
    role: "tool_calls",
    message: "",
    time: Date.UTC(2026, 0, 15, 9, 0, 9),
    toolCalls: [{ id: "call_old1", function: fn }],
  };
  const result = {
    role: "tool_call_result",
    toolCallId: "call_old1",
    name: "echo",
    result: "as Vapi heard it",
  };
  await deliver(buildBody("conversation-update", { messages: [asked, result] }, { ...call, atMs: 12_000 }));
  const functionCall = { name: "echo", parameters: { text: "hello" } };
  await deliver(
    buildBody("function-call", { functionCall }, { ...call, with: { artifact: { messages: [asked] } } }),
  );
  expect((await readDetail(call.callId)).toolCalls).toMatchObject([
    { toolCallId: "call_old1", result: "hello" },
  ]);
});
