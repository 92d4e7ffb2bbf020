import { z } from "zod";

const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
/** Dollars, as far as a column of ours holds them: what is beyond is no bill, and must not cost the report. */
const dollars = z.number().min(-999_999).max(999_999).nullish().catch(null);
const list = z.array(z.unknown()).nullish().catch(null);
const record = z.record(z.string(), z.unknown()).nullish().catch(null);

const recordingSchema = z
  .looseObject({ stereoUrl: text, mono: z.looseObject({ combinedUrl: text }).nullish().catch(null) })
  .nullish()
  .catch(null);

/**
 * Vapi's `ServerMessageEndOfCallReport`, from 2024 (everything at top level) to today (`artifact`, `analysis`;
 * the old fields still sent too), and what `GET /call/{id}` answers, which says the same in the same words. Only what
 * a report cannot be without is required: the rest may be absent or odd.
 */
export const reportMessageSchema = z.looseObject({
  endedReason: text,
  startedAt: z.unknown().optional(),
  endedAt: z.unknown().optional(),
  durationSeconds: number,
  cost: dollars,
  costBreakdown: record,
  costs: list,
  summary: text,
  messages: list,
  transcript: text,
  recordingUrl: text,
  stereoRecordingUrl: text,
  assistant: z.unknown().optional(),
  compliance: z.looseObject({ recordingConsent: record }).nullish().catch(null),
  analysis: z
    .looseObject({
      summary: text,
      successEvaluation: z.unknown().optional(),
      structuredData: z.unknown().optional(),
      structuredDataMulti: list,
    })
    .nullish()
    .catch(null),
  artifact: z
    .looseObject({
      messages: list,
      messagesOpenAIFormatted: list,
      transcript: text,
      recordingUrl: text,
      stereoRecordingUrl: text,
      recording: recordingSchema,
      presignedMonoUrl: text,
      presignedStereoUrl: text,
      structuredOutputs: record,
      skippedStructuredOutputs: record,
      scorecards: record,
      transfers: list,
      performanceMetrics: z.looseObject({ turnLatencies: list }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

export type ReportMessage = z.infer<typeof reportMessageSchema>;
