import { z } from "zod";
import { eventEntrySchema } from "@/lib/events/event-entry";

const record = z.record(z.string(), z.unknown());

/** One delivery with all that is kept of it. */
export const eventDetailSchema = eventEntrySchema.omit({ answer: true, problem: true }).extend({
  /** Trimmed of what every body repeats, and without secrets. */
  message: record,
  /** For a malformed one: what its schema said, field by field. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  /** What Vapi was answered, without secrets; null for `{}`. */
  answer: record.nullable(),
});

export type EventDetail = z.infer<typeof eventDetailSchema>;
