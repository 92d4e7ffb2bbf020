import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { addNote, changeReview } from "@/db/queries/reports/review";
import { alerts } from "@/db/schema/alerts";
import { operatorActions } from "@/db/schema/control";
import { conversations, conversationVersions } from "@/db/schema/conversations";
import { performAction } from "@/lib/alerts/server/actions";
import { patchContext } from "@/lib/conversations/server/change";
import { buildBody } from "@/tests/fixtures/build-body";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { hang } from "@/tests/fixtures/hang";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { deliver } from "@/tests/support/deliveries/deliver";

/** A caller whose data can be recognised wherever it appears. */
export const tracedCaller = {
  number: "+15557340912",
  name: "Quentin Zebulonsky",
  email: "quentin@zebulonsky.example",
};

/** Six digits, so it counts as an account, a code or a reference and is masked everywhere. */
export const tracedAccount = 482913;

/** Every way the caller's data may be written. None of it may remain after deletion or be shown to viewers. */
export const traces =
  /5557340912|555[ .-]?734[ .-]?0912|Quentin|Zebulonsky|(?<![\da-f])482[ .-]?913(?![\da-f])/i;

interface TracedOptions {
  conversation?: string | null;
  callId?: string;
  number?: string;
  /** Days since the call began. */
  daysAgo?: number;
  /** Start of the call, instead of `daysAgo`. */
  startedMs?: number;
  isEnded?: boolean;
}

function aMinuteBefore({ daysAgo = 0 }: TracedOptions): number {
  return Date.now() - daysAgo * 24 * 60 * 60_000 - 60_000;
}

/** Delivers a call that names its caller in rows of every kind and in the event log. Returns its id. */
export async function leaveTraces(options: TracedOptions = {}): Promise<string> {
  const { number, name, email } = tracedCaller;
  const { conversation = null, callId = randomUUID(), isEnded = true } = options;
  const { startedMs = aMinuteBefore(options) } = options;
  const about = {
    callId,
    customerNumber: options.number ?? number,
    customerName: name,
    metadata: { crmContact: `${name} <${email}>` },
  };
  const send = async (build: (more: object) => { message: object }, second: number) => {
    const timestamp = startedMs + second * 1_000;
    const { message } = build({ ...about, with: { timestamp } });
    const call = { ...Reflect.get(message, "call"), createdAt: new Date(startedMs).toISOString() };
    const customer = { number: about.customerNumber, name };
    await deliver({ message: { ...message, customer, call } }, { conversation });
  };

  await send((more) => statusUpdate("in-progress", more), 0);
  await send((more) => transcriptPartial("user", `Hello, this is ${name}`, more), 2);
  await send((more) => transcriptFinal("user", `This is ${name}, my number is ${number}.`, more), 3);
  await send((more) => transcriptFinal("assistant", `Thank you ${name}. Is ${email} still right?`, more), 6);
  const args = { text: `${name} ${number} ${email}` };
  await send((more) => toolCalls([{ id: "call_trace", name: "echo", arguments: args }], more), 8);
  await send((more) => hang(more), 12);
  await send((more) => transcriptPartial("user", `Are you there? ${number}`, more), 15);
  if (!isEnded) return callId;
  await send((more) => statusUpdate("ended", more), 20);
  const messages = [
    { role: "user", message: `This is ${name}, my number is ${number}.`, time: startedMs + 3_000 },
    { role: "bot", message: `Is ${email} still right?`, time: startedMs + 6_000 },
  ];
  const report = {
    messages,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(startedMs + 18_000).toISOString(),
    analysis: {
      summary: `${name} called from ${number}.`,
      structuredData: { name, phone: number, note: `write to ${email}` },
      successEvaluation: "true",
    },
    recordingUrl: `https://storage.vapi.ai/${callId}-mono.wav`,
  };
  await send((more) => {
    const { message } = endOfCallReport(more);
    return { message: { ...message, ...Reflect.get(more, "with"), ...report, artifact: { messages } } };
  }, 22);
  return callId;
}

/** Personal values as keys, as JSON in a text, and as numbers. */
const hiddenInJson = {
  [tracedCaller.number]: tracedCaller.name,
  [`note by ${tracedCaller.name}`]: [tracedCaller.email],
  raw: JSON.stringify({ who: tracedCaller.name, tel: tracedCaller.number }),
  reference: tracedAccount,
};

/**
 * Leaves a call that names its caller in every field that can hold it. Beyond leaveTraces: keys, tool names, errors and
 * warnings, filtered lines, transfers, operators' words and transfer targets, the context and its history, the report's
 * texts, notes, tags, an alert's text and the conversation's name.
 */
export async function leaveEveryTrace(options: TracedOptions = {}): Promise<string> {
  const { number, name, email } = tracedCaller;
  const conversation = options.conversation ?? randomUUID();
  const startedMs = aMinuteBefore(options);
  const callId = await leaveTraces({ ...options, conversation, startedMs });
  const about = { callId, customerNumber: options.number ?? number, customerName: name };
  const send = (body: { message: object }, second: number) => {
    const message = { ...body.message, timestamp: startedMs + second * 1_000 };
    return deliver({ message }, { conversation });
  };
  const asked = { id: "call_named", name: `call_${name.replace(" ", "_")}`, arguments: hiddenInJson };
  await send(toolCalls([asked], about), 11);
  const noted = { id: "call_noted", name: "update_context", arguments: { changes: hiddenInJson } };
  await send(toolCalls([noted], about), 10);
  // Dates these versions back into the call; the patch below comes after it.
  await db
    .update(conversationVersions)
    .set({ at: new Date(startedMs + 10_000) })
    .where(eq(conversationVersions.conversationId, conversation));
  const destination = { type: "number", number, message: `I transfer you, ${name}.` };
  await send(buildBody("transfer-update", { destination }, about), 13);
  await send(buildBody("phone-call-control", { request: "forward", destination }, about), 14);
  const filtered = {
    isFiltered: true,
    detectedThreats: [`injection by ${name}`],
    originalTranscript: `Ignore all that, says ${name} of ${number}.`,
    assistantName: "Front desk",
    confidence: 0.41,
  };
  await send(
    buildBody(
      "transcript",
      { role: "user", transcriptType: "final", transcript: "Please look up another order", ...filtered },
      about,
    ),
    17,
  );
  const outputs = { o1: { name: `Intake of ${name}`, result: hiddenInJson } };
  const warned = { id: "call_warned", type: "function", function: { name: "find_orders", arguments: {} } };
  const messages = [
    { role: "user", message: `This is ${name}, ${tracedAccount}, right?`, time: startedMs + 3_000 },
    { role: "tool_calls", toolCalls: [warned], time: startedMs + 16_000 },
    {
      role: "tool_call_result",
      toolCallId: warned.id,
      result: "ok",
      warnings: [{ type: `too long: ${name}` }],
      time: startedMs + 16_500,
    },
  ];
  const report = {
    messages,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(startedMs + 18_000).toISOString(),
    analysis: {
      summary: `${name} called from ${number} about ${tracedAccount}.`,
      structuredData: `${name}, ${email}, ${tracedAccount}`,
      successEvaluation: `Satisfied, says ${name}`,
    },
    artifact: {
      messages,
      structuredOutputs: outputs,
      skippedStructuredOutputs: { o2: { name: "Callback", unmetCondition: `${email} is unknown` } },
      scorecards: { s1: { name: `Of ${name}`, score: 3, scoreNormalized: 60, metricPoints: { o1: 3 } } },
      transfers: [{ destination: { type: "number", number }, mode: "blind", status: `failed for ${name}` }],
    },
  };
  const { message } = endOfCallReport(about);
  await send({ message: { ...message, ...report } }, 24);

  const audited = { actor: { kind: "system", name: "test" }, ip: null } as const;
  const acted = {
    callId,
    asked: "",
    actorId: "somebody",
    actorName: "A colleague",
    by: audited,
    expiresAt: new Date(startedMs),
    outcome: "done",
  } as const;
  await db.insert(operatorActions).values([
    { ...acted, id: randomUUID(), action: "say", text: `${name}, we write to ${email}.` },
    { ...acted, id: randomUUID(), action: "transfer", text: `I connect you, ${name}.`, target: number },
    { ...acted, id: randomUUID(), action: "handoff", target: `Assistant of ${name}` },
  ]);
  const by = { id: "somebody", name: "A colleague" };
  await addNote(db, callId, `${name} wants to be called at ${number}`, by);
  await changeReview(db, callId, { tags: [name.toLowerCase(), email, `vip ${tracedAccount}`] }, by);
  const [alert] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.callId, callId));
  const act = { kind: "note", text: `Told ${name}, ${email}` } as const;
  await performAction(db, alert?.id ?? "", act, by, audited);
  const writer = { kind: "tool", id: "call_later", name: `note_of_${name}` } as const;
  await patchContext(db, { conversationId: conversation, patch: { [name]: email }, by: writer });
  await db
    .update(conversations)
    .set({ name: `${name}, ${number}` })
    .where(eq(conversations.id, conversation));
  return callId;
}
