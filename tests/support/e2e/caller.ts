import { randomUUID } from "node:crypto";
import type { Speaker } from "@/lib/calls/call";

type PostEvent = (conversationUuid: string, message: object) => Promise<unknown>;

/** A live call, driven by a test event by event. */
export interface Caller {
  callId: string;
  number: string;
  begins: () => Promise<unknown>;
  starts: (role: Speaker) => Promise<unknown>;
  /** Resolves with the event's timestamp in epoch ms. */
  stops: (role: Speaker) => Promise<number>;
  /** Sends a partial. */
  isSaying: (role: Speaker, text: string) => Promise<unknown>;
  says: (role: Speaker, text: string) => Promise<unknown>;
  hangs: () => Promise<unknown>;
  asksTool: (name: string) => Promise<unknown>;
  /** Resolves with the event's timestamp, as `stops` does. */
  ends: (endedReason: string) => Promise<number>;
  /** `more`: additional fields of the report. */
  reports: (endedReason: string, summary: string, more?: object) => Promise<unknown>;
}

/**
 * Creates a caller with their own number and conversation, who calls an assistant named `assistantName`, in a version
 * if given. `monitorOf` returns the URLs for listening to and controlling the call.
 */
export function createCaller(
  postEvent: PostEvent,
  assistantName = "Booking line",
  {
    version,
    monitorOf = () => undefined,
  }: { version?: string; monitorOf?: (callId: string) => object | undefined } = {},
): Caller {
  const callId = randomUUID();
  const conversation = randomUUID();
  const number = `+1555${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;
  const startedAt = new Date().toISOString();
  let stamp = 0;

  async function send(message: object): Promise<number> {
    // Vapi orders by timestamp, so no two events of a call share one.
    stamp = Math.max(Date.now(), stamp + 1);
    const call = {
      id: callId,
      type: "inboundPhoneCall",
      createdAt: startedAt,
      customer: { number },
      monitor: monitorOf(callId),
    };
    await postEvent(conversation, {
      timestamp: stamp,
      call,
      customer: { number },
      assistant: { id: `assistant-${assistantName}`, name: assistantName },
      ...(version && { assistantVersion: version }),
      ...message,
    });
    return stamp;
  }

  return {
    callId,
    number,
    begins: () => send({ type: "status-update", status: "in-progress" }),
    starts: (role) => send({ type: "speech-update", status: "started", role }),
    stops: (role) => send({ type: "speech-update", status: "stopped", role }),
    isSaying: (role, transcript) => send({ type: "transcript", transcriptType: "partial", role, transcript }),
    says: (role, transcript) => send({ type: "transcript", transcriptType: "final", role, transcript }),
    hangs: () => send({ type: "hang" }),
    asksTool: (name) =>
      send({
        type: "tool-calls",
        toolCallList: [{ id: `tool-${randomUUID()}`, type: "function", function: { name, arguments: {} } }],
      }),
    ends: (endedReason) => send({ type: "status-update", status: "ended", endedReason }),
    reports: (endedReason, summary, more) =>
      send({
        type: "end-of-call-report",
        endedReason,
        startedAt,
        endedAt: new Date().toISOString(),
        cost: 0.12,
        costBreakdown: { llm: 0.07, tts: 0.05, total: 0.12 },
        analysis: { summary, successEvaluation: "true" },
        ...more,
      }),
  };
}
