import { z } from "zod";
import type { Scorecard, StructuredOutput, Transfer } from "@/lib/calls/report";
import { redact, redactText } from "@/lib/redact";
import { readSpoken } from "@/lib/webhook/server/messages";

const optionalText = z.string().nullish().catch(null);
/** Far beyond any call, an end could not be written as a date. */
const optionalSeconds = z.number().min(0).max(1e6).nullish().catch(null);
/** Dollars within the range of the database column. A value beyond it is no bill, and must not make the report fail. */
const dollars = z.number().min(-999_999).max(999_999).nullish().catch(null);
const list = z.array(z.unknown()).nullish().catch(null);
const record = z.record(z.string(), z.unknown()).nullish().catch(null);

const recordingSchema = z
  .looseObject({
    stereoUrl: optionalText,
    mono: z.looseObject({ combinedUrl: optionalText }).nullish().catch(null),
  })
  .nullish()
  .catch(null);

/**
 * Vapi's `ServerMessageEndOfCallReport`, from 2024 (everything at top level) to today (`artifact`, `analysis`; the old
 * fields are still sent), and the answer of `GET /call/{id}`, which has the same fields. Any field may be missing or
 * malformed.
 */
export const reportMessageSchema = z.looseObject({
  endedReason: optionalText,
  startedAt: z.unknown().optional(),
  endedAt: z.unknown().optional(),
  durationSeconds: optionalSeconds,
  cost: dollars,
  costBreakdown: record,
  costs: list,
  summary: optionalText,
  messages: list,
  transcript: optionalText,
  recordingUrl: optionalText,
  stereoRecordingUrl: optionalText,
  assistant: z.unknown().optional(),
  compliance: z.looseObject({ recordingConsent: record }).nullish().catch(null),
  analysis: z
    .looseObject({
      summary: optionalText,
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
      transcript: optionalText,
      recordingUrl: optionalText,
      stereoRecordingUrl: optionalText,
      recording: recordingSchema,
      presignedMonoUrl: optionalText,
      presignedStereoUrl: optionalText,
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

interface RecordingLinks {
  stereo: string | null;
  mono: string | null;
}

type Kind = "stored" | "signed";

/**
 * Reads the links to a call's recording from its report or from `GET /call/{id}`. Since July 2026 both also carry
 * signed links, which open without a key and expire; the plain links identify the recording.
 *
 * @param kind which to prefer; the other is the fallback
 */
export function readRecordingLinks(message: ReportMessage, kind: Kind = "stored"): RecordingLinks {
  const { artifact } = message;
  const stored = {
    stereo: artifact?.recording?.stereoUrl || artifact?.stereoRecordingUrl || message.stereoRecordingUrl,
    mono: artifact?.recording?.mono?.combinedUrl || artifact?.recordingUrl || message.recordingUrl,
  };
  const signed = { stereo: artifact?.presignedStereoUrl, mono: artifact?.presignedMonoUrl };
  const [first, second] = kind === "stored" ? [stored, signed] : [signed, stored];
  return { stereo: first.stereo || second.stereo || null, mono: first.mono || second.mono || null };
}

const number = z.number().nullish().catch(null);

const scorecardSchema = z.looseObject({
  name: z.string().nullish().catch(null),
  score: number,
  scoreNormalized: number,
  metricPoints: z.record(z.string(), z.unknown()).nullish().catch(null),
});

type Entries = Readonly<Record<string, unknown>> | null | undefined;

const namedSchema = z.looseObject({ name: z.string().min(1) });

/**
 * Reads `artifact.scorecards`: by id `{ name, score, scoreNormalized, metricPoints }`, with points by the structured
 * output's id.
 */
export function readScorecards(scorecards: Entries, outputs: Entries): Scorecard[] {
  const nameOf = (id: string) => namedSchema.safeParse(outputs?.[id]).data?.name ?? id;
  return Object.entries(scorecards ?? {}).flatMap(([id, entry]) => {
    const read = scorecardSchema.safeParse(entry).data;
    if (!read) return [];
    const points = Object.entries(read.metricPoints ?? {}).flatMap(([output, won]) =>
      typeof won === "number" ? [{ of: nameOf(output), points: won }] : [],
    );
    const { name = null, score = null, scoreNormalized = null } = read;
    return [{ id, name, score, percent: scoreNormalized, points }];
  });
}

const outputSchema = z.looseObject({
  name: z.string().nullish().catch(null),
  result: z.unknown().optional(),
});
const skippedSchema = z.looseObject({
  name: z.string().nullish().catch(null),
  unmetCondition: z.unknown().optional(),
});

/**
 * Reads the structured outputs: `artifact.structuredOutputs` (by id, `{ name, result }`), skipped ones, and
 * `analysis.structuredDataMulti`, the older form without ids.
 */
export function readStructuredOutputs({ analysis, artifact }: ReportMessage): StructuredOutput[] {
  return [
    ...Object.entries(artifact?.structuredOutputs ?? {}).map(([id, entry]) => toOutput(id, entry)),
    ...Object.entries(artifact?.skippedStructuredOutputs ?? {}).map(([id, entry]) => toSkipped(id, entry)),
    ...(analysis?.structuredDataMulti ?? []).map(
      (entry, index): StructuredOutput => ({
        id: `multi-${index + 1}`,
        name: null,
        result: redact(entry),
        skipped: null,
      }),
    ),
  ];
}

/** An entry that is not `{ name, result }` is itself the result. */
function toOutput(id: string, entry: unknown): StructuredOutput {
  const output = outputSchema.safeParse(entry).data;
  const isWrapped = output !== undefined && "result" in output;
  return {
    id,
    name: output?.name ?? null,
    result: redact(isWrapped ? output.result : entry) ?? null,
    skipped: null,
  };
}

function toSkipped(id: string, entry: unknown): StructuredOutput {
  const skipped = skippedSchema.safeParse(entry).data;
  const condition = skipped?.unmetCondition;
  const words =
    typeof condition === "string" ? condition : condition ? JSON.stringify(redact(condition)) : "";
  return { id, name: skipped?.name ?? null, result: null, skipped: redactText(words) };
}

const text = z.string().nullish().catch(null);
const held = z.looseObject({ id: text, name: text }).nullish().catch(null);

const destinationSchema = z.looseObject({
  type: text,
  number: text,
  extension: text,
  sipUri: text,
  name: text,
  description: text,
  assistantName: text,
  assistantId: text,
  assistant: held,
  squadId: text,
  squad: held,
  workflowId: text,
  id: text,
});

const transferSchema = z.looseObject({
  destination: z.union([z.string(), destinationSchema]).nullish().catch(null),
  mode: text,
  status: text,
  transcript: text,
  messages: z.unknown().optional(),
  /** A transfer as Earshot stores it (lib/reports/server/project-report.ts), for replays. */
  name: text,
  extension: text,
  id: text,
});

/** More than any real call has. */
const most = 100;

/** Reads `artifact.transfers`: where the call was transferred, what was said, and the result. */
export function readTransfers(transfers: readonly unknown[] | null | undefined): Transfer[] {
  return (transfers ?? []).slice(0, most).flatMap((entry) => {
    const transfer = transferSchema.safeParse(entry).data;
    if (!transfer) return [];
    const { mode = null, status = null, name, extension, id } = transfer;
    const transcript = transfer.transcript || toTranscript(transfer.messages);
    return [
      withoutNulls({
        name,
        extension,
        id,
        transcript: transcript && redactText(transcript),
        ...readDestination(transfer.destination),
        mode,
        status,
      }),
    ];
  });
}

function readDestination(destination: z.infer<typeof transferSchema>["destination"]) {
  if (!destination || typeof destination === "string") return { destination: destination || null };
  const { number, sipUri, assistant, squad, type } = destination;
  const id =
    destination.assistantId ??
    assistant?.id ??
    destination.squadId ??
    squad?.id ??
    destination.workflowId ??
    destination.id;
  const name = destination.name ?? destination.assistantName ?? assistant?.name ?? squad?.name;
  return {
    destination: number ?? sipUri ?? name ?? id ?? destination.description ?? type ?? null,
    ...((number ?? sipUri) && { name: name ?? destination.description }),
    extension: destination.extension,
    id,
  };
}

function toTranscript(messages: unknown): string | null {
  const said = readSpoken(messages).map(
    ({ role, text: words }) => `${role === "user" ? "Caller" : "Assistant"}: ${words}`,
  );
  return said.length > 0 ? said.join("\n") : null;
}

function withoutNulls({ destination, mode, status, ...known }: Transfer): Transfer {
  const given = Object.entries(known).filter(([, value]) => value !== null && value !== undefined);
  return { destination, ...Object.fromEntries(given), mode, status };
}
