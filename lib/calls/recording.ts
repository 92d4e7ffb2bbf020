import { z } from "zod";

/** What there is to hear of a call, for whoever looks. Where it lies is nobody's business but the server's. */
export const recordingSchema = z.object({
  state: z.enum(["playable", "not-allowed", "none"]),
  /** Why there is nothing to hear, and what to do; null when there is. */
  why: z.string().nullable(),
  /** Our own copy of it, which outlives Vapi's: where it stands. */
  copy: z.enum(["waiting", "kept", "failed"]).nullable(),
  /** What went wrong when it was last tried to copy it. */
  copyError: z.string().nullable(),
});

export type Recording = z.infer<typeof recordingSchema>;
