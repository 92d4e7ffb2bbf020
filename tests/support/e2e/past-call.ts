import { randomUUID } from "node:crypto";
import type { Speaker } from "@/lib/calls/call";

type PostEvent = (conversationUuid: string, message: object) => Promise<unknown>;

interface Said {
  role: Speaker;
  text: string;
  /** Seconds after the call's start. */
  from: number;
  to: number;
}

const said: readonly Said[] = [
  { role: "assistant", text: "Northside Dental, how can I help?", from: 0.5, to: 3 },
  { role: "user", text: "I'd like to move my appointment to Thursday.", from: 4, to: 7 },
  { role: "assistant", text: "Thursday at a quarter past ten is free.", from: 12, to: 15 },
  { role: "user", text: "That works, thank you.", from: 16, to: 18 },
];

const report = {
  type: "end-of-call-report",
  endedReason: "customer-ended-call",
  cost: 0.0731,
  costs: [
    {
      type: "model",
      model: { provider: "openai", model: "gpt-4o" },
      promptTokens: 900,
      completionTokens: 84,
      cost: 0.04,
    },
    { type: "voice", voice: { provider: "11labs", voiceId: "nora" }, characters: 420, cost: 0.02 },
    {
      type: "transcriber",
      transcriber: { provider: "deepgram", model: "nova-3" },
      minutes: 0.3,
      cost: 0.0031,
    },
    { type: "vapi", subType: "normal", minutes: 0.3, cost: 0.01 },
  ],
  analysis: {
    summary: "Maya moved her appointment to Thursday at 10:15.",
    successEvaluation: "true",
    structuredData: { appointmentDay: "Thursday", isNewPatient: false, wishes: ["morning", "a quiet room"] },
  },
  compliance: { recordingConsent: { type: "verbal", grantedAt: "2026-08-01T10:00:10.000Z" } },
};

const latency = {
  modelLatency: 420,
  voiceLatency: 380,
  transcriberLatency: 90,
  endpointingLatency: 310,
  turnLatency: 1_200,
};

/** Posts an ended call of 20 s: two voices, a hang, and a report with every kind of content. */
export async function postPastCall(postEvent: PostEvent, differences: object = {}): Promise<string> {
  const callId = randomUUID();
  const startedMs = Date.now() - 60_000;
  const at = (seconds: number) => startedMs + Math.round(seconds * 1_000);
  const number = "+15550100103";
  const send = (seconds: number, message: object) =>
    postEvent(conversation, {
      timestamp: at(seconds),
      call: {
        id: callId,
        type: "inboundPhoneCall",
        createdAt: new Date(startedMs).toISOString(),
        customer: { number },
      },
      assistant: { id: "assistant-booking", name: "Booking line" },
      ...message,
    });
  const conversation = randomUUID();

  await send(0, { type: "status-update", status: "in-progress" });
  for (const { role, text, from, to } of said) {
    await send(from, { type: "speech-update", status: "started", role });
    await send(to, { type: "speech-update", status: "stopped", role });
    await send(to + 0.1, { type: "transcript", transcriptType: "final", role, transcript: text });
  }
  await send(9, { type: "hang" });
  await send(20.5, { type: "status-update", status: "ended", endedReason: "customer-ended-call" });
  const url = `https://storage.vapi.ai/${callId}`;
  await send(24, {
    ...report,
    startedAt: new Date(at(0)).toISOString(),
    endedAt: new Date(at(20)).toISOString(),
    messages: said.map(({ role, text, from }) => ({
      role: role === "user" ? "user" : "bot",
      message: text,
      time: at(from),
    })),
    artifact: {
      recording: { stereoUrl: `${url}-stereo.wav`, mono: { combinedUrl: `${url}-mono.wav` } },
      structuredOutputs: { intake: { name: "Intake", result: { booked: true, mood: "calm" } } },
      scorecards: {
        qa: { name: "Front desk", score: 70, scoreNormalized: 70, metricPoints: { intake: 70 } },
      },
      performanceMetrics: {
        turnLatencies: [latency, latency],
        turnLatencyAverage: 1_200,
        modelLatencyAverage: 420,
      },
    },
    ...differences,
  });
  return callId;
}
