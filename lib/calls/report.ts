import * as z from "zod";

/** Stages of a response in order: detecting the end of the caller's turn, transcription, the model, the voice. */
export const latencyStages = ["endpointing", "transcriber", "model", "voice"] as const;

const ms = z.number().nullable();

/** Milliseconds by stage, and from the caller's last word to the assistant's first. */
const latencyRowSchema = z.object({ endpointing: ms, transcriber: ms, model: ms, voice: ms, total: ms });

/** How long the caller waited for responses, and for which stage, as Vapi measured it (`performanceMetrics`). */
const latencySchema = z.object({
  turns: z.array(latencyRowSchema),
  average: latencyRowSchema,
  /** Delay of the transport (the phone line) in each direction. */
  fromTransport: ms,
  toTransport: ms,
  callerInterrupted: z.number().nullable(),
  assistantInterrupted: z.number().nullable(),
});

export type Latency = z.infer<typeof latencySchema>;
export type LatencyRow = z.infer<typeof latencyRowSchema>;
export type LatencyStage = (typeof latencyStages)[number];

/** One output that an assistant was set to extract from the call: any JSON. */
const structuredOutputSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  result: z.unknown(),
  /** The unmet condition, if it kept the output from being made at all. */
  skipped: z.string().nullable(),
});

/** Points awarded by rules over structured outputs. */
export const scorecardSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  score: z.number().nullable(),
  /** Out of 100. */
  percent: z.number().nullable(),
  /** `of`: the structured output's name, else its id. */
  points: z.array(z.object({ of: z.string(), points: z.number() })),
});

/** One entry of Vapi's bill. */
const costItemSchema = z.object({
  /** Vapi's word: transport, transcriber, model, voice, vapi, analysis, knowledge-base, voicemail-detection, … */
  kind: z.string(),
  /** Vendor and product: "openai", "gpt-4o-mini"; for an analysis, its type. */
  provider: z.string().nullable(),
  name: z.string().nullable(),
  usd: z.number(),
  minutes: z.number().nullable(),
  characters: z.number().nullable(),
  /** Prompt and completion together. */
  tokens: z.number().nullable(),
});

export const transferSchema = z.object({
  /** As it is dialed: a number, a SIP address, or the name of an assistant or squad. */
  destination: z.string().nullable(),
  /** Display name, if it differs from the destination. */
  name: z.string().nullish(),
  extension: z.string().nullish(),
  /** Vapi's id of an assistant, squad or workflow. */
  id: z.string().nullish(),
  /** Conversation between the assistant and the person who took the call over. */
  transcript: z.string().nullish(),
  mode: z.string().nullable(),
  status: z.string().nullable(),
});

/** Whether the caller agreed to be recorded. */
const consentSchema = z.object({
  kind: z.string().nullable(),
  /** Null if consent was asked for and not given. */
  grantedAt: z.iso.datetime().nullable(),
});

/** The end-of-call report, in one shape for reports of all years. */
export const reportSchema = z.object({
  at: z.iso.datetime(),
  summary: z.string().nullable(),
  /** "true", "false", "7", "Excellent": free text of the rubric in use. */
  successEvaluation: z.string().nullable(),
  /** Usually an object; some rubrics produce lists or a single value. */
  structuredData: z.unknown(),
  structuredOutputs: z.array(structuredOutputSchema),
  scorecards: z.array(scorecardSchema),
  /** US dollars by part: stt, llm, tts, vapi, transport, … */
  costBreakdown: z.record(z.string(), z.number()),
  /** The bill itself, if the report has one. */
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

export interface Evaluation {
  words: string;
  /** Null if the rubric has no recognisable pass or fail. */
  isSuccess: boolean | null;
  /** A matrix of criteria, if the rubric answered with one. */
  parts: unknown;
}

const passed = new Set(["true", "pass", "passed", "yes", "success", "successful"]);
const failed = new Set(["false", "fail", "failed", "no", "failure", "unsuccessful"]);

/** Describes Vapi's success evaluation: pass or fail, a mark, a word, or JSON of several. */
export function describeEvaluation(evaluation: string): Evaluation {
  const word = evaluation.trim();
  const plain = word.toLowerCase();
  if (passed.has(plain)) return { words: "Succeeded", isSuccess: true, parts: null };
  if (failed.has(plain)) return { words: "Did not succeed", isSuccess: false, parts: null };
  const parts = /^[{[]/.test(word) ? parse(word) : null;
  return { words: parts === null ? word : "By criterion", isSuccess: null, parts };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is a text that begins with a bracket.
    return null;
  }
}

/** Whether the viewer can play a call's recording. Its location stays on the server. */
export const recordingSchema = z.object({
  state: z.enum(["playable", "not-allowed", "none"]),
  /** Why the recording cannot be played, and what to do; null if it can. */
  why: z.string().nullable(),
  /** State of our own copy, which outlives Vapi's. */
  copy: z.enum(["waiting", "kept", "failed"]).nullable(),
  /** Error of the last attempt to copy it. */
  copyError: z.string().nullable(),
});

export type Recording = z.infer<typeof recordingSchema>;

interface Known {
  isOver: boolean;
  /** Whether any fact shows that the call was answered. */
  hasStarted: boolean;
  endedReason: string | null;
  /** Null if no report has arrived. */
  report: { hasRecording: boolean } | null;
  copy: { state: "waiting" | "kept" | "failed" | "deleting"; error: string | null } | null;
  /** Whether there is an API key for Vapi. */
  canAskVapi: boolean;
}

/** Whether a call can be played, and if not, why, in a sentence that says what to do. */
export function describeRecording({ copy, ...known }: Known): Recording {
  const own = {
    copy: copy === null || copy.state === "deleting" ? null : copy.state,
    copyError: copy?.error ?? null,
  };
  const why = own.copy === "kept" ? null : findReason(known);
  return { state: why === null ? "playable" : "none", why, ...own };
}

/** Vapi's end reasons of calls that were never answered. */
const neverAnswered =
  /^(?:customer-(?:busy|did-not-answer)|vonage-rejected|scheduled-call-deleted)$|misdialed$|-to-connect$/;

function findReason({
  isOver,
  hasStarted,
  endedReason,
  report,
  canAskVapi,
}: Omit<Known, "copy">): string | null {
  if (!isOver) return "The recording appears once the call is over and its report has arrived.";
  if (report && !report.hasRecording)
    return "No recording: this call was not recorded, or the recording was deleted.";
  if (!report && !hasStarted && endedReason && neverAnswered.test(endedReason))
    return "No recording: the call was never answered.";
  if (!report && endedReason === "lost-contact")
    return "No report has arrived, and the call is only presumed over. A recording may appear once Vapi reports it.";
  if (canAskVapi) return null;
  return report
    ? "Vapi holds the recording, and its links expire. Save Vapi's API key under Settings → Assistants so that Earshot can fetch a new link for each play."
    : "No report has arrived. Save Vapi's API key under Settings → Assistants so that Earshot can find the recording.";
}

const names: Readonly<Record<string, string>> = {
  "end-of-call-report": "End-of-call report",
  "recording-mono": "Recording, mono",
  "recording-stereo": "Recording, stereo",
  "recording-assistant": "Recording of the assistant",
  "recording-customer": "Recording of the caller",
  log: "Log",
  pcap: "Network capture",
};

/** Label of one of Vapi's artifacts; an unknown type keeps Vapi's name. */
export function artifactLabel(type: string): string {
  return names[type] ?? type;
}

/** Outcome of a delivery. The first three are stored in the event log; a duplicate is already there. */
export const outcomes = ["recorded", "unknown", "malformed", "duplicate"] as const;

export type Outcome = (typeof outcomes)[number];
