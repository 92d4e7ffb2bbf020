import { z } from "zod";
import { speakerSchema } from "@/lib/calls/speaker";

/** One stretch of speech by one voice. `stoppedAt` is null while it goes on. */
export const turnSchema = z.object({
  role: speakerSchema,
  startedAt: z.iso.datetime(),
  stoppedAt: z.iso.datetime().nullable(),
  /** Cut off by the other voice. */
  interrupted: z.boolean(),
});

export type Turn = z.infer<typeof turnSchema>;
