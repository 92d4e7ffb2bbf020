import type { Stage } from "@/scripts/simulator/acting/stage";
import type { CallKind } from "@/scripts/simulator/call-kind";
import { buildAssistantRequest } from "@/scripts/simulator/frame/build-assistant-request";

/** From the call's creation to the moment somebody may speak. */
export function openCall(stage: Stage, kind: CallKind, asksForAssistant: boolean): void {
  const { random } = stage;
  const startMs = Math.round({ inbound: pickUp, outbound: dial, web: connect }[kind](stage));
  if (kind === "inbound" && asksForAssistant) {
    stage.postWhole(25, buildAssistantRequest(stage.frame, stage.stamp(25)));
  }
  stage.startedMs = startMs;
  const [prompt] = stage.frame.assistant.model.messages;
  stage.add({
    role: "system",
    message: prompt?.content ?? "",
    time: stage.stamp(startMs - 115),
    secondsFromStart: 0,
  });
  // Recorded: 25 ms after `startedAt`.
  stage.post(startMs + 25, "status-update", { status: "in-progress" });
  stage.post(startMs + random.between(140, 380), "assistant.started", {
    newAssistant: stage.frame.assistant,
  });
  stage.nowMs = startMs + random.between(900, 1_300);
}

/** Recorded: an inbound call begins with `in-progress`; nothing is sent of its ringing. */
function pickUp({ random }: Stage): number {
  return random.between(780, 930);
}

function dial(stage: Stage): number {
  const ringingMs = stage.random.between(1_900, 3_200);
  stage.post(320, "status-update", { status: "queued" });
  stage.post(ringingMs, "status-update", { status: "ringing" });
  return ringingMs + stage.random.between(3_500, 11_000);
}

function connect({ random }: Stage): number {
  return random.between(4_200, 5_200);
}
