import { randomUUID } from "node:crypto";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { hang } from "@/tests/fixtures/hang";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { deliver } from "@/tests/support/deliver";

/** Somebody whose data can be recognised wherever it should turn up. */
export const tracedCaller = {
  number: "+15557340912",
  name: "Quentin Zebulonsky",
  email: "quentin@zebulonsky.example",
};

/** Every way the caller's data may be written; none of it may be left, or shown to viewers. */
export const traces = /5557340912|555[ .-]?734[ .-]?0912|Quentin|Zebulonsky/i;

interface TracedOptions {
  conversation?: string | null;
  callId?: string;
  number?: string;
  /** Days before now that the call began. */
  daysAgo?: number;
  isEnded?: boolean;
}

/** A call that names its caller in everything it leaves: rows of every kind and the event log. Returns its id. */
export async function leaveTraces(options: TracedOptions = {}): Promise<string> {
  const { number, name, email } = tracedCaller;
  const { conversation = null, callId = randomUUID(), daysAgo = 0, isEnded = true } = options;
  const startedMs = Date.now() - daysAgo * 24 * 60 * 60_000 - 60_000;
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
