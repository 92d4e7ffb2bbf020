import { toOpenAiMessage, toTranscriptText } from "@/scripts/simulator/artifact";
import type { Message } from "@/scripts/simulator/call-event";
import { buildMessage, type Frame } from "@/scripts/simulator/frame/frame";
import { type Random, uuidV4 } from "@/scripts/simulator/random";
import { buildCosts } from "@/scripts/simulator/report/build-costs";
import type { ReportFacts, TurnLatency } from "@/scripts/simulator/report/report-facts";

/** Builds `artifact.performanceMetrics`: each turn's latency by stage, and the averages, in milliseconds. */
function buildPerformance(turnLatencies: readonly TurnLatency[]) {
  const average = (stage: keyof TurnLatency) => {
    const sum = turnLatencies.reduce((total, turn) => total + turn[stage], 0);
    return turnLatencies.length ? Math.round((sum / turnLatencies.length) * 10) / 10 : 0;
  };
  return {
    turnLatencies,
    modelLatencyAverage: average("modelLatency"),
    voiceLatencyAverage: average("voiceLatency"),
    transcriberLatencyAverage: average("transcriberLatency"),
    endpointingLatencyAverage: average("endpointingLatency"),
    turnLatencyAverage: average("turnLatency"),
    fromTransportLatencyAverage: 20,
    toTransportLatencyAverage: 20,
  };
}

/** Builds the recording URLs: the modern `recording` object and the two older fields, which Vapi still sends. */
function buildRecording(random: Random, callId: string, orgId: string, uploadedAtMs: number) {
  const at = Math.round(uploadedAtMs);
  const file = (suffix: string) => `https://storage.vapi.ai/${callId}-${at}-${uuidV4(random)}-${suffix}`;
  const [combinedUrl, stereoUrl] = [file("mono.mp3"), file("stereo.mp3")];
  return {
    recordingUrl: combinedUrl,
    stereoRecordingUrl: stereoUrl,
    pcapUrl: file("sip.pcap"),
    logUrl: `https://calllogs.vapi.ai/${orgId}/${callId}-${uuidV4(random)}-${at}.jsonl.gz`,
    recording: {
      stereoUrl,
      mono: { combinedUrl, assistantUrl: file("mono.mp3"), customerUrl: file("mono.mp3") },
    },
  };
}

const long = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const hour = new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone: "UTC" });

/** Builds the variables available to the assistant's templates: the date in several formats and the call's frame. */
function buildVariables(frame: Frame, startedAtMs: number) {
  const at = new Date(startedAtMs);
  return {
    now: `${short.format(at)} UTC`,
    currentDateTime: `${long.format(at)} UTC`,
    date: `${day.format(at)} UTC`,
    time: `${hour.format(at)} UTC`,
    year: String(at.getUTCFullYear()),
    ...(frame.customer && { customer: frame.customer }),
    ...(frame.phoneNumber && { phoneNumber: frame.phoneNumber }),
    transport: frame.call.transport,
  };
}

/**
 * Builds the `end-of-call-report` with all keys of 2026: `analysis`, `artifact.recording`, `performanceMetrics`, costs
 * and durations, plus the older top-level copies, which Vapi still sends.
 */
export function buildReport(random: Random, frame: Frame, callId: string, facts: ReportFacts): Message {
  const { stampMs, startedAtMs, endedAtMs, messages, analysis } = facts;
  const minutes = Number(((endedAtMs - startedAtMs) / 60_000).toFixed(4));
  const transcript = toTranscriptText(messages);
  const recording = buildRecording(random, callId, frame.assistant.orgId, endedAtMs + 2_800);
  const head = {
    timestamp: stampMs,
    type: "end-of-call-report",
    analysis,
    artifact: { ...buildArtifact(frame, facts, transcript), ...recording },
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date(endedAtMs).toISOString(),
    endedReason: facts.endedReason,
    ...(facts.transferredTo && { destination: facts.transferredTo }),
    ...buildCosts(messages, minutes, frame.assistant.voice),
    durationMs: endedAtMs - startedAtMs,
    durationSeconds: (endedAtMs - startedAtMs) / 1000,
    durationMinutes: minutes,
    summary: analysis.summary,
    transcript,
    messages,
    recordingUrl: recording.recordingUrl,
    stereoRecordingUrl: recording.stereoRecordingUrl,
  };
  return buildMessage(frame, head);
}

function buildArtifact(
  frame: Frame,
  { messages, turnLatencies, startedAtMs, transferredTo }: ReportFacts,
  transcript: string,
) {
  const variables = buildVariables(frame, startedAtMs);
  return {
    messages,
    messagesOpenAIFormatted: messages.map(toOpenAiMessage),
    transcript,
    nodes: [],
    variables,
    variableValues: variables,
    performanceMetrics: buildPerformance(turnLatencies),
    scorecards: {},
    transfers: transferredTo ? [{ destination: transferredTo }] : [],
  };
}
