import { z } from "zod";

/** The end-of-call report, in one shape whatever the year it came from. */
export const reportSchema = z.object({
  at: z.iso.datetime(),
  summary: z.string().nullable(),
  /** "true", "false", "7", "Excellent": free text of the rubric in use. */
  successEvaluation: z.string().nullable(),
  structuredData: z.record(z.string(), z.unknown()).nullable(),
  /** Plain storage links only: presigned ones are passwords and expire. */
  recordingUrl: z.string().nullable(),
  stereoRecordingUrl: z.string().nullable(),
  /** US dollars by part: stt, llm, tts, vapi, transport, … */
  costBreakdown: z.record(z.string(), z.number()),
});

export type Report = z.infer<typeof reportSchema>;
