import { z } from "zod";

/** What a reply is made of, in the order it happens: hearing that the caller is done, writing it down, thinking, speaking. */
export const latencyStages = ["endpointing", "transcriber", "model", "voice"] as const;

const ms = z.number().nullable();

/** Milliseconds by stage, and from the caller's last word to the assistant's first. */
const latencyRowSchema = z.object({ endpointing: ms, transcriber: ms, model: ms, voice: ms, total: ms });

/** How long the caller waited for answers and on whom, as Vapi measured it (`performanceMetrics`). */
export const latencySchema = z.object({
  turns: z.array(latencyRowSchema),
  average: latencyRowSchema,
  /** The line's own delay, to us and from us. */
  fromTransport: ms,
  toTransport: ms,
  callerInterrupted: z.number().nullable(),
  assistantInterrupted: z.number().nullable(),
});

export type Latency = z.infer<typeof latencySchema>;
export type LatencyRow = z.infer<typeof latencyRowSchema>;
export type LatencyStage = (typeof latencyStages)[number];
