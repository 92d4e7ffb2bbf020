import { z } from "zod";

const share = z.number().nullable();

/** What analytics show of some calls. Shares are between 0 and 1; null where there is nothing to tell it from. */
export const figuresSchema = z.object({
  calls: z.number().int(),
  minutes: z.number(),
  /** Of the calls whose cost is known; null when it is of none. */
  costUsd: z.number().nullable(),
  /** Calls in which the assistant hung. */
  hangRate: share,
  /** Calls that were not transferred. */
  containment: share,
  /** Assistant turns that the caller cut off. */
  interruptionRate: share,
  /** The caller's part of all that was said. */
  callerShare: share,
  /** The part of a call in which nobody speaks. */
  deadAirShare: share,
  replyP50Ms: z.number().nullable(),
  replyP95Ms: z.number().nullable(),
});

export type Figures = z.infer<typeof figuresSchema>;
