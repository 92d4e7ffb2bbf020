import type { Ending, TransferDestination } from "@/scripts/simulator/acting/beat";
import type { Stage } from "@/scripts/simulator/acting/stage";
import { toOpenAiMessage, toTranscriptText } from "@/scripts/simulator/artifact";
import type { Cast } from "@/scripts/simulator/cast-call";
import { buildReport } from "@/scripts/simulator/report/build-report";

/** Recorded in all ten calls of December 2025, to the millisecond. */
const endedLagMs = 2_500;

/**
 * Acts out the end of the call, from the last word to the report.
 *
 * @returns when the call ends, or leaves the assistant by a transfer
 */
export function closeCall(stage: Stage, { callId, dialogue }: Cast, ending: Ending): number {
  const { random } = stage;
  const { endedReason, destination } = ending;
  const hungUpMs = stage.nowMs + (ending.isSudden ? 50 : destination ? 0 : random.between(400, 1_500));
  const forwardedMs = destination ? stage.nowMs + random.between(300, 900) : hungUpMs;
  const endedMs = Math.round(destination ? forward(stage, destination, forwardedMs) : hungUpMs);
  stage.post(endedMs + endedLagMs, "status-update", { status: "ended", endedReason });
  const stampedMs = endedMs + endedLagMs + random.between(2_800, 4_100);
  const report = buildReport(random.fork("report"), stage.frame, callId, {
    stampMs: stage.stamp(stampedMs),
    startedAtMs: stage.stamp(stage.startedMs),
    endedAtMs: stage.stamp(endedMs),
    endedReason,
    messages: stage.messages,
    turnLatencies: stage.turnLatencies,
    analysis: {
      summary: ending.summary,
      structuredData: { ...dialogue.structuredData },
      successEvaluation: String(ending.isSuccess),
    },
    transferredTo: destination,
  });
  // Recorded: a report arrives about 1 s after its own timestamp, other messages at once.
  stage.postWhole(stampedMs, report, random.between(900, 1_400));
  return forwardedMs;
}

/** Posts the only status that carries destination, messages and transcript. `ended` follows 2.7 s later. */
function forward(stage: Stage, destination: TransferDestination, atMs: number): number {
  stage.post(atMs, "status-update", {
    status: "forwarding",
    ...(destination.type === "number" && { forwardingPhoneNumber: destination.number }),
    destination,
    messages: stage.messages,
    messagesOpenAIFormatted: stage.messages.map(toOpenAiMessage),
    transcript: toTranscriptText(stage.messages),
  });
  return atMs + 200;
}
