import { z } from "zod";

const count = z.number().int();

/**
 * How much there is about a subject. `live`: calls that go on, and are left alone. `copies`: recordings that lie in our own storage,
 * or are about to.
 */
export const subjectCountsSchema = z.object({
  calls: count,
  live: count,
  lines: count,
  toolCalls: count,
  reports: count,
  alerts: count,
  copies: count,
  events: count,
});

export type SubjectCounts = z.infer<typeof subjectCountsSchema>;
