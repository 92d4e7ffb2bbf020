import { buildMessage } from "@/scripts/simulator/frame/build-message";
import type { Frame } from "@/scripts/simulator/frame/frame";
import type { Message } from "@/scripts/simulator/message";
import type { Random } from "@/scripts/simulator/random";
import { buildCosts } from "@/scripts/simulator/report/build-costs";
import { buildPerformance } from "@/scripts/simulator/report/build-performance";
import { buildRecording } from "@/scripts/simulator/report/build-recording";
import { buildVariables } from "@/scripts/simulator/report/build-variables";
import type { ReportFacts } from "@/scripts/simulator/report/report-facts";
import { toOpenAiMessage } from "@/scripts/simulator/to-openai-message";
import { toTranscriptText } from "@/scripts/simulator/to-transcript-text";

/**
 * The `end-of-call-report` with all keys of 2026: `analysis`, `artifact.recording`, `performanceMetrics`, costs and
 * durations, and beside them the older top-level copies, which are still sent.
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
    ...(facts.transferredTo && { destination: { type: "number", number: facts.transferredTo } }),
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
    transfers: transferredTo ? [{ destination: { type: "number", number: transferredTo } }] : [],
  };
}
