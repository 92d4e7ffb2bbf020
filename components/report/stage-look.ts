import type { LatencyStage } from "@/lib/calls/report";

/** How each stage of an answer is called and painted; the words always stand beside the paint. */
export const stageLook: Readonly<Record<LatencyStage, { name: string; paint: string }>> = {
  endpointing: { name: "Hearing the end", paint: "bg-faint" },
  transcriber: { name: "Writing it down", paint: "bg-caller" },
  model: { name: "Thinking", paint: "bg-accent" },
  voice: { name: "Starting to speak", paint: "bg-assistant" },
};
