import { z } from "zod";
import { callSchema } from "@/lib/calls/call";
import { endedGroups } from "@/lib/calls/ended-reason";

/** A call as the archive lists it. */
export const reportRowSchema = z.object({
  call: callSchema,
  summary: z.string().nullable(),
  endedGroup: z.enum(endedGroups).nullable(),
  isSuccess: z.boolean().nullable(),
  tags: z.array(z.string()),
  /** 1 to 5. */
  score: z.number().int().nullable(),
  notes: z.number().int(),
  /** Where the words that were asked for stand, found ones between the two of snippet-marks.ts; null without any. */
  snippet: z.string().nullable(),
});

export const reportListSchema = z.object({
  reports: z.array(reportRowSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export const reportCountSchema = z.object({
  count: z.number().int(),
  /** False: as Postgres estimates it, for counting would take too long. */
  isExact: z.boolean(),
});

export type ReportRow = z.infer<typeof reportRowSchema>;
export type ReportList = z.infer<typeof reportListSchema>;
export type ReportCount = z.infer<typeof reportCountSchema>;
