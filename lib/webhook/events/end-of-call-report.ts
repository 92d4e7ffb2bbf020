import "server-only";
import { z } from "zod";
import type { CallFacts, ReportFact } from "@/db/facts";
import { defineEvent } from "@/lib/webhook/define-event";
import { readSpan } from "@/lib/webhook/read-span";
import { readSpoken } from "@/lib/webhook/read-spoken";
import { redactObject, redactText } from "@/lib/webhook/redact";
import { stripQuery } from "@/lib/webhook/strip-query";
import { earliest, newest } from "@/lib/webhook/witness";
import { witnessToolHistory } from "@/lib/webhook/witness-tool-history";

const text = z.string().nullish().catch(null);
const list = z.array(z.unknown()).nullish().catch(null);

/**
 * Vapi's `ServerMessageEndOfCallReport`, from 2024 (everything at top level) to today (`artifact`, `analysis`;
 * the old fields still sent too). Only what a report cannot be without is required: the rest may be absent or odd.
 */
export const endOfCallReportSchema = z.looseObject({
  endedReason: text,
  startedAt: z.unknown().optional(),
  endedAt: z.unknown().optional(),
  durationSeconds: z.number().nullish().catch(null),
  cost: z.number().nullish().catch(null),
  costBreakdown: z.record(z.string(), z.unknown()).nullish().catch(null),
  summary: text,
  messages: list,
  recordingUrl: text,
  stereoRecordingUrl: text,
  analysis: z
    .looseObject({
      summary: text,
      successEvaluation: z.union([z.string(), z.number(), z.boolean()]).nullish().catch(null),
      structuredData: z.record(z.string(), z.unknown()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  artifact: z
    .looseObject({
      messages: list,
      recordingUrl: text,
      stereoRecordingUrl: text,
      recording: z
        .looseObject({ stereoUrl: text, mono: z.looseObject({ combinedUrl: text }).nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

type ReportMessage = z.infer<typeof endOfCallReportSchema>;

/** Ends the call by itself when no `ended` ever came, and outranks what status events said of it. */
export const endOfCallReport = defineEvent({
  types: ["end-of-call-report"],
  schema: endOfCallReportSchema,
  leaveOut: [
    "transcript",
    "summary",
    "analysis",
    "costs",
    "costBreakdown",
    "recordingUrl",
    "stereoRecordingUrl",
  ],
  project: (message, { at }) => {
    const messages = message.messages?.length ? message.messages : (message.artifact?.messages ?? []);
    return {
      call: witnessEnd(message, messages, at),
      report: toReport(message, messages, at),
      toolCalls: witnessToolHistory(messages, at),
    };
  },
});

function witnessEnd(message: ReportMessage, messages: unknown[], at: Date): CallFacts {
  const span = readSpan(message, readSpoken(messages), at);
  return {
    status: "ended",
    statusWitness: newest(at, 1),
    startedAt: span.startedAt,
    startedWitness: earliest(span.startedAt, span.rank),
    endedAt: span.endedAt,
    endedWitness: earliest(span.endedAt, span.rank),
    ...(message.endedReason && { endedReason: message.endedReason, endedReasonWitness: newest(at, 1) }),
    ...(message.cost != null && { costUsd: message.cost, costWitness: newest(at, 1) }),
  };
}

function toReport(message: ReportMessage, messages: unknown[], at: Date): ReportFact {
  const { analysis, artifact } = message;
  return {
    at,
    summary: redactText(analysis?.summary || message.summary || "") || null,
    successEvaluation: analysis?.successEvaluation?.toString() ?? null,
    structuredData: analysis?.structuredData ? redactObject(analysis.structuredData) : null,
    recordingUrl: stripQuery(
      artifact?.recording?.mono?.combinedUrl ?? artifact?.recordingUrl ?? message.recordingUrl,
    ),
    stereoRecordingUrl: stripQuery(
      artifact?.recording?.stereoUrl ?? artifact?.stereoRecordingUrl ?? message.stereoRecordingUrl,
    ),
    costBreakdown: onlyDollars(message.costBreakdown),
    messages: readSpoken(messages).map((spoken) => ({
      role: spoken.role,
      text: spoken.text,
      at: (spoken.at ?? at).getTime(),
    })),
  };
}

/** Vapi mixes dollars with counts of tokens and characters, and keeps what the analysis cost one level down. */
function onlyDollars(record: Record<string, unknown> | null | undefined): Record<string, number> {
  const dollars = Object.entries(record ?? {}).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === "number" && !/Tokens$|Characters$|^total$/.test(entry[0]),
  );
  const analysis = z.record(z.string(), z.unknown()).safeParse(record?.analysisCostBreakdown).data;
  if (analysis)
    dollars.push(["analysis", Object.values(onlyDollars(analysis)).reduce((sum, cost) => sum + cost, 0)]);
  return Object.fromEntries(dollars);
}
