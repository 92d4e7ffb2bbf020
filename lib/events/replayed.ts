import { z } from "zod";

/** What came of reading an event of the log once more with today's code. */
export const replayOutcomes = {
  mended: "Understood now, and joined with its call",
  "joined-again": "Joined with its call again: what was better known stands",
  "still-unknown": "Still a type nobody here knows",
  "still-malformed": "Still malformed",
  "trimmed-away": "Recorded as it came; what is kept of it is too little to read again",
  "no-call": "There is no call it could belong to",
} as const satisfies Record<string, string>;

export type ReplayOutcome = keyof typeof replayOutcomes;

const outcomeSchema = z.custom<ReplayOutcome>(
  (value) => typeof value === "string" && Object.keys(replayOutcomes).includes(value),
  "Unknown outcome.",
);

export const replayedSchema = z.object({
  key: z.string(),
  type: z.string(),
  outcome: outcomeSchema,
  /** For one that is still malformed: what today's schema says. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});

export type Replayed = z.infer<typeof replayedSchema>;

/** A long call is read in pieces, so that each request ends soon. */
export const replayAnswerSchema = z.object({
  results: z.array(replayedSchema),
  /** How many events are read by now, and how many there are. */
  done: z.number().int(),
  total: z.number().int(),
  /** What to ask for next, as `after`; null when all are read. */
  next: z.string().nullable(),
});
