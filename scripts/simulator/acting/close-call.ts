import type { Stage } from "@/scripts/simulator/acting/stage";
import type { Cast } from "@/scripts/simulator/cast-call";
import { buildReport } from "@/scripts/simulator/report/build-report";
import { toOpenAiMessage } from "@/scripts/simulator/to-openai-message";
import { toTranscriptText } from "@/scripts/simulator/to-transcript-text";

/** Recorded in all ten calls of December 2025, to the millisecond. */
const endedLagMs = 2_500;

/** From the last word to the report. */
export function closeCall(stage: Stage, { callId, dialogue }: Cast): void {
  const { random } = stage;
  const transferredTo = dialogue.transferTo ?? null;
  const { endedReason } = dialogue;
  const endedMs = Math.round(
    transferredTo ? forward(stage, transferredTo) : stage.nowMs + random.between(400, 1_500),
  );
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
      summary: dialogue.summary,
      structuredData: { ...dialogue.structuredData },
      successEvaluation: String(dialogue.isSuccess),
    },
    transferredTo,
  });
  // Recorded: a report arrives about a second after its own stamp, other messages at once.
  stage.postWhole(stampedMs, report, random.between(900, 1_400));
}

/** The one status that carries destination, messages and transcript. `ended` follows 2.7 s later. */
function forward(stage: Stage, number: string): number {
  const atMs = stage.nowMs + stage.random.between(300, 900);
  stage.post(atMs, "status-update", {
    status: "forwarding",
    forwardingPhoneNumber: number,
    destination: { type: "number", number },
    messages: stage.messages,
    messagesOpenAIFormatted: stage.messages.map(toOpenAiMessage),
    transcript: toTranscriptText(stage.messages),
  });
  return atMs + 200;
}
