import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { listReports } from "@/db/queries/reports/list";
import { toTextTranscript } from "@/lib/calls/call-items";
import { reportQuerySchema } from "@/lib/reports/filter";
import { buildBody } from "@/tests/fixtures/build-body";
import { shortConversation, toArtifactMessages } from "@/tests/fixtures/conversation";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { createdAtMs } from "@/tests/fixtures/fixture-call";
import { speechUpdate } from "@/tests/fixtures/speech-update";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { deliver } from "@/tests/support/deliveries/deliver";

const newCall = () => ({ callId: randomUUID() });

async function readDetail(callId: string) {
  const detail = await getCallDetail(db, callId);
  if (!detail) throw new Error("the call is not there");
  return detail;
}

const saidOn = async (callId: string) =>
  (await readDetail(callId)).lines.map(({ role, text }) => `${role}: ${text}`);

const update = (call: { callId: string }, atMs: number, parts: Record<string, unknown>) =>
  buildBody("conversation-update", parts, { ...call, atMs });

it("transcript: lines missing from the report are shown, marked as live only, searchable and exported", async () => {
  const call = newCall();
  const word = `dahlia${randomUUID().replaceAll("-", "").slice(0, 8)}`;
  const [greeting] = shortConversation;
  await deliver(transcriptFinal("assistant", greeting?.[1] ?? "", { ...call, atMs: 6_000 }));
  await deliver(transcriptFinal("user", "One more thing.", { ...call, atMs: 9_500 }));
  await deliver(transcriptFinal("user", `I would like a ${word}.`, { ...call, atMs: 12_000 }));
  const messages = toArtifactMessages(shortConversation.slice(0, 1), call);
  await deliver(endOfCallReport({ ...call, messages, with: { transcript: "" } }));
  const detail = await readDetail(call.callId);
  expect(detail.lines.map(({ text, onlyIn }) => [text, onlyIn])).toEqual([
    [greeting?.[1], null],
    ["One more thing.", "live"],
    [`I would like a ${word}.`, "live"],
  ]);
  expect(toTextTranscript(detail)).toContain(
    `One more thing. I would like a ${word}. [Live only, not in the report]`,
  );
  const found = await listReports(db, reportQuerySchema.parse({ q: word }), {
    isMasked: false,
  });
  expect(found.reports).toMatchObject([{ call: { id: call.callId } }]);
  expect(found.reports[0]?.snippet).toContain(word);
});

it.each([
  ["message.transcript", (transcript: string) => ({ transcript })],
  ["artifact.transcript", (transcript: string) => ({ transcript: undefined, artifact: { transcript } })],
])("transcript: a report with only the text of %s yields lines with their speaker", async (_, toPart) => {
  const call = newCall();
  const text = "AI: Good evening.\nUser: A room facing the sea, please.\nAI: With pleasure.\n";
  await deliver(endOfCallReport({ ...call, with: { messages: undefined, artifact: {}, ...toPart(text) } }));
  expect(await saidOn(call.callId)).toEqual([
    "assistant: Good evening.",
    "user: A room facing the sea, please.",
    "assistant: With pleasure.",
  ]);
});

it("transcript: a report's text is read with the speaker names from the assistant's plan", async () => {
  const call = newCall();
  const assistant = { artifactPlan: { transcriptPlan: { assistantName: "Nora", userName: "Patient" } } };
  const text = "Nora: Good morning.\nPatient: Note: I am late.\n";
  await deliver(
    endOfCallReport({ ...call, with: { messages: undefined, artifact: {}, transcript: text, assistant } }),
  );
  expect(await saidOn(call.callId)).toEqual(["assistant: Good morning.", "user: Note: I am late."]);
});

it("transcript: a line from a report's text is timed by the same words transcribed live", async () => {
  const call = newCall();
  await deliver(transcriptFinal("user", "A room facing the sea, please.", { ...call, atMs: 9_000 }));
  const text = "AI: Good evening.\nUser: A room facing the sea, please.";
  await deliver(endOfCallReport({ ...call, with: { messages: undefined, artifact: {}, transcript: text } }));
  const { lines } = await readDetail(call.callId);
  expect(lines.map(({ source }) => source)).toEqual(["report", "report"]);
  const seconds = (Date.parse(lines[1]?.at ?? "") - createdAtMs) / 1_000;
  expect(seconds).toBeGreaterThan(4);
  expect(seconds).toBeLessThanOrEqual(9);
});

it("transcript: a final without words is ignored", async () => {
  const call = newCall();
  await deliver(transcriptFinal("assistant", "How can I help?", { ...call, atMs: 3_000 }));
  await deliver(transcriptPartial("user", "I need", { ...call, atMs: 5_000 }));
  for (const text of ["", "  \n"]) await deliver(transcriptFinal("user", text, { ...call, atMs: 5_500 }));
  const detail = await readDetail(call.callId);
  expect(detail.lines.map(({ text }) => text)).toEqual(["How can I help?"]);
  expect(detail.partials).toMatchObject([{ text: "I need" }]);
  expect(detail.call.lastLine).toMatchObject({ text: "I need", final: false });
  expect(detail.call.lastSpeechAt).toBe(new Date(createdAtMs + 3_000).toISOString());
});

it("transcript: content parts and a tool call with its result are read in order from OpenAI's format", async () => {
  const call = newCall();
  const fn = { name: "find_seat", arguments: '{"row":7}' };
  const conversation = [
    { role: "assistant", content: "Hello" },
    { role: "user", content: [{ type: "text", text: "Is there a seat in row seven?" }] },
    { role: "assistant", content: null, tool_calls: [{ id: "call_seat", type: "function", function: fn }] },
    { role: "tool", tool_call_id: "call_seat", content: [{ type: "text", text: "7F" }] },
    { role: "assistant", content: "Seat F is free." },
  ];
  await deliver(update(call, 9_000, { conversation }));
  const { lines, toolCalls } = await readDetail(call.callId);
  expect(lines.map(({ text }) => text)).toEqual([
    "Hello",
    "Is there a seat in row seven?",
    "Seat F is free.",
  ]);
  expect(toolCalls).toMatchObject([{ name: "find_seat", arguments: { row: 7 }, result: "7F" }]);
  const [asked] = toolCalls;
  expect(asked?.answeredAt).not.toBeNull();
  expect([lines[1]?.at, asked?.askedAt, lines[2]?.at].toSorted()).toEqual([
    lines[1]?.at,
    asked?.askedAt,
    lines[2]?.at,
  ]);
});

it("transcript: messages with only secondsFromStart are timed from the start of the call", async () => {
  const call = newCall();
  const messages = [
    { role: "bot", message: "Good morning.", secondsFromStart: 1.5 },
    { role: "user", message: "A haircut, please.", secondsFromStart: 6 },
  ];
  await deliver(update(call, 9_000, { messages }));
  await deliver(statusUpdate("in-progress", { ...call, atMs: 1_000 }));
  expect((await readDetail(call.callId)).lines.map(({ at }) => Date.parse(at) - createdAtMs)).toEqual([
    2_500, 7_000,
  ]);
});

it("transcript: two messages with the same speaker and time become two lines, in list order", async () => {
  const call = newCall();
  const time = createdAtMs + 3_000;
  const messages = [
    { role: "bot", message: "Hello there.", time },
    { role: "bot", message: "How can I help?", time },
  ];
  expect((await deliver(update(call, 5_000, { messages }))).status).toBe(200);
  expect((await readDetail(call.callId)).lines.map(({ text }) => text)).toEqual([
    "Hello there.",
    "How can I help?",
  ]);
});

it.each([
  ["seconds", (ms: number) => ms / 1_000],
  ["seconds with decimals", (ms: number) => ms / 1_000 + 0.25],
  ["digits in a text", (ms: number) => String(ms / 1_000)],
  ["an ISO time without a zone", (ms: number) => new Date(ms).toISOString().slice(0, -1)],
])("transcript: two speech starts with timestamps in %s are read as 9 s apart", async (_, write) => {
  const call = newCall();
  for (const atMs of [20_000, 29_000]) {
    const body = speechUpdate("user", "started", { ...call, with: { timestamp: write(createdAtMs + atMs) } });
    await deliver(body);
  }
  const { marks } = await readDetail(call.callId);
  expect(marks.map(({ at }) => Math.floor((Date.parse(at) - createdAtMs) / 1_000))).toEqual([20, 29]);
});

it("transcript: a conversation update without a call ID and a later one with it form one call, with one line", async () => {
  const [call, conversation] = [newCall(), randomUUID()];
  const said = { role: "user", message: "Is anybody there?", time: createdAtMs + 4_000 };
  const bare = { type: "conversation-update", timestamp: createdAtMs + 5_000, messages: [said] };
  await deliver({ message: bare }, { conversation });
  expect((await deliver(update(call, 6_000, { messages: [said] }), { conversation })).status).toBe(200);
  expect(await saidOn(call.callId)).toEqual(["user: Is anybody there?"]);
});
