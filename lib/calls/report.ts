import { z } from "zod";
import { latencySchema } from "@/lib/calls/latency";

/** One thing an assistant was told to make out of the call: any JSON. */
export const structuredOutputSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  result: z.unknown(),
  /** What was not met, where its condition kept it from being made at all. */
  skipped: z.string().nullable(),
});

/** Points by rules over structured outputs. */
export const scorecardSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  score: z.number().nullable(),
  /** Of 100. */
  percent: z.number().nullable(),
  /** `of`: the structured output's name, else its id. */
  points: z.array(z.object({ of: z.string(), points: z.number() })),
});

/** One entry of Vapi's bill. */
export const costItemSchema = z.object({
  /** Vapi's word: transport, transcriber, model, voice, vapi, analysis, knowledge-base, voicemail-detection, … */
  kind: z.string(),
  /** Whose, and which: "openai", "gpt-4o-mini"; of an analysis what was made. */
  provider: z.string().nullable(),
  name: z.string().nullable(),
  usd: z.number(),
  minutes: z.number().nullable(),
  characters: z.number().nullable(),
  /** Prompt and completion. */
  tokens: z.number().nullable(),
});

export const transferSchema = z.object({
  /** As it is dialed or called: a number, a SIP address, an assistant's or squad's name. */
  destination: z.string().nullable(),
  /** What people call it, where that is another text. */
  name: z.string().nullish(),
  extension: z.string().nullish(),
  /** Vapi's id of an assistant, squad or workflow. */
  id: z.string().nullish(),
  /** What was said between the assistant and who took the call over. */
  transcript: z.string().nullish(),
  mode: z.string().nullable(),
  status: z.string().nullable(),
});

/** Whether the caller agreed to be recorded. */
export const consentSchema = z.object({
  kind: z.string().nullable(),
  /** Null: it was asked for and not given. */
  grantedAt: z.iso.datetime().nullable(),
});

/** The end-of-call report, in one shape whatever the year it came from. */
export const reportSchema = z.object({
  at: z.iso.datetime(),
  summary: z.string().nullable(),
  /** "true", "false", "7", "Excellent": free text of the rubric in use. */
  successEvaluation: z.string().nullable(),
  /** Mostly an object; some rubrics make lists or a single value. */
  structuredData: z.unknown(),
  structuredOutputs: z.array(structuredOutputSchema),
  scorecards: z.array(scorecardSchema),
  /** US dollars by part: stt, llm, tts, vapi, transport, … */
  costBreakdown: z.record(z.string(), z.number()),
  /** The bill itself, where there is one. */
  costs: z.array(costItemSchema),
  latency: latencySchema.nullable(),
  transfers: z.array(transferSchema),
  consent: consentSchema.nullable(),
});

export type Report = z.infer<typeof reportSchema>;
export type StructuredOutput = z.infer<typeof structuredOutputSchema>;
export type Scorecard = z.infer<typeof scorecardSchema>;
export type CostItem = z.infer<typeof costItemSchema>;
export type Transfer = z.infer<typeof transferSchema>;
export type Consent = z.infer<typeof consentSchema>;
