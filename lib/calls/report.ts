import * as z from "zod";

/** What a reply is made of, in the order it happens: hearing that the caller is done, writing it down, thinking, speaking. */
export const latencyStages = ["endpointing", "transcriber", "model", "voice"] as const;

const ms = z.number().nullable();

/** Milliseconds by stage, and from the caller's last word to the assistant's first. */
const latencyRowSchema = z.object({ endpointing: ms, transcriber: ms, model: ms, voice: ms, total: ms });

/** How long the caller waited for answers and on whom, as Vapi measured it (`performanceMetrics`). */
export const latencySchema = z.object({
  turns: z.array(latencyRowSchema),
  average: latencyRowSchema,
  /** The line's own delay, to us and from us. */
  fromTransport: ms,
  toTransport: ms,
  callerInterrupted: z.number().nullable(),
  assistantInterrupted: z.number().nullable(),
});

export type Latency = z.infer<typeof latencySchema>;
export type LatencyRow = z.infer<typeof latencyRowSchema>;
export type LatencyStage = (typeof latencyStages)[number];

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

export interface Evaluation {
  words: string;
  /** Null where the rubric has no pass and no fail that we could know. */
  isSuccess: boolean | null;
  /** A matrix of criteria, where the rubric answered with one. */
  parts: unknown;
}

const passed = new Set(["true", "pass", "passed", "yes", "success", "successful"]);
const failed = new Set(["false", "fail", "failed", "no", "failure", "unsuccessful"]);

/** What Vapi's success evaluation says: pass or fail, a mark, a word, or JSON of several. */
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
    // Then it is a text that begins with a bracket.
    return null;
  }
}

/** What there is to hear of a call, for whoever looks. Where it lies is nobody's business but the server's. */
export const recordingSchema = z.object({
  state: z.enum(["playable", "not-allowed", "none"]),
  /** Why there is nothing to hear, and what to do; null when there is. */
  why: z.string().nullable(),
  /** Our own copy of it, which outlives Vapi's: where it stands. */
  copy: z.enum(["waiting", "kept", "failed"]).nullable(),
  /** What went wrong when it was last tried to copy it. */
  copyError: z.string().nullable(),
});

export type Recording = z.infer<typeof recordingSchema>;

interface Known {
  isOver: boolean;
  /** Whether anything tells that it was answered. */
  hasStarted: boolean;
  endedReason: string | null;
  /** Null: no report has come. */
  report: { hasRecording: boolean } | null;
  copy: { state: "waiting" | "kept" | "failed" | "doomed"; error: string | null } | null;
  /** Whether there is a key to ask Vapi with. */
  canAskVapi: boolean;
}

/** Whether a call can be heard, and if not, why, in a sentence that says what to do. */
export function describeRecording({ copy, ...known }: Known): Recording {
  const own = {
    copy: copy === null || copy.state === "doomed" ? null : copy.state,
    copyError: copy?.error ?? null,
  };
  const why = own.copy === "kept" ? null : findReason(known);
  return { state: why === null ? "playable" : "none", why, ...own };
}

/** Of Vapi's end reasons, those of calls that nobody took. */
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

/** One of Vapi's artifacts in plain words; one of tomorrow keeps Vapi's. */
export function artifactLabel(type: string): string {
  return names[type] ?? type;
}

/** What became of a delivery. The first three are kept in the event log, the fourth is already there. */
export const outcomes = ["recorded", "unknown", "malformed", "duplicate"] as const;

export type Outcome = (typeof outcomes)[number];
