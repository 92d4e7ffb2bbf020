import * as z from "zod";

const hourSchema = z.object({
  /** Calls that began in the hour. */
  calls: z.number().int(),
  /** Share of them in which the assistant hung; null without calls. */
  hangRate: z.number().nullable(),
  /** Half of the replies of calls that are over came within so many milliseconds; null without replies. */
  medianReplyMs: z.number().nullable(),
});

/** How the last 60 minutes went, and the 60 before them. */
export const pulseSchema = z.object({ hour: hourSchema, before: hourSchema });

export type Pulse = z.infer<typeof pulseSchema>;
