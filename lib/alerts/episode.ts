import { z } from "zod";

/**
 * Why somebody should look: Vapi says that the assistant hangs; it has not answered the caller for too long;
 * nobody has spoken for too long. One episode may begin as one and become another: the first that applies names it.
 */
export const alertKinds = ["hang", "no-answer", "silence"] as const;

export const outcomes = ["open", "recovered", "call-ended"] as const;

/** One stretch of a call in which its caller was left alone. A pure function of what was witnessed (find-episodes.ts). */
export const episodeSchema = z.object({
  kind: z.enum(alertKinds),
  /** Since when: the end of the last speech before. The same whichever rule noticed it, and when. */
  since: z.iso.datetime(),
  /** When it became an alert: the first hang, or when silence had lasted long enough. */
  openedAt: z.iso.datetime(),
  /** How many times Vapi warned of a hang. */
  hangs: z.number().int(),
  /** When somebody spoke again, or the call ended; null while it lasts. */
  closedAt: z.iso.datetime().nullable(),
  outcome: z.enum(outcomes),
});

export type AlertKind = (typeof alertKinds)[number];
export type Episode = z.infer<typeof episodeSchema>;
