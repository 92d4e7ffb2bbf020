import type { Stage } from "@/scripts/simulator/acting/stage";

/** Vapi reports a hang when the assistant has said nothing for about this long. */
const hangMs = 5_000;

/**
 * The assistant thinks: half a second to two, by stages that the report repeats. Hanging, it takes 7 to 15 s and Vapi
 * says so every five.
 */
export function waitToAnswer(stage: Stage, isHanging: boolean): void {
  const { random } = stage;
  const endpointingLatency = random.whole(100, 420);
  const transcriberLatency = random.whole(0, 200);
  const modelLatency = random.whole(220, 700) + (isHanging ? random.whole(6_500, 14_000) : 0);
  const voiceLatency = random.whole(270, 480);
  const turnLatency =
    endpointingLatency + transcriberLatency + modelLatency + voiceLatency + random.whole(10, 60);
  stage.turnLatencies.push({
    modelLatency,
    voiceLatency,
    transcriberLatency,
    endpointingLatency,
    turnLatency,
  });
  for (let atMs = hangMs + random.between(50, 450); atMs < turnLatency - 300; atMs += hangMs) {
    stage.post(stage.nowMs + atMs, "hang", {});
  }
  stage.nowMs += turnLatency;
}
