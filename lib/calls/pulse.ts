import * as z from "zod";

const hourSchema = z.object({
  /** Calls that began in the hour. */
  calls: z.number().int(),
  /** Share of these calls with a hang; null without calls. */
  hangRate: z.number().nullable(),
  /** Median response time over ended calls, in ms; null without responses. */
  medianReplyMs: z.number().nullable(),
});

/** Figures of the last 60 minutes, and of the 60 before them. */
export const pulseSchema = z.object({ hour: hourSchema, before: hourSchema });

export type Pulse = z.infer<typeof pulseSchema>;
