import { z } from "zod";
import type { ReportMessage as Said } from "@/db/schema/reports";
import type { HeardLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import { findToolAnswers } from "@/lib/reports/find-tool-answers";
import type { ReportMessage } from "@/lib/reports/report-message";
import { readSpan } from "@/lib/webhook/read-span";
import { readSpoken, type Spoken } from "@/lib/webhook/read-spoken";
import { readTranscriptText } from "@/lib/webhook/read-transcript-text";

const callSchema = z.looseObject({ type: z.string() });

/**
 * What was said by a report: its messages, and of its `transcript` text what they do not have, which is all of it where the
 * report has no messages.
 */
export function readSaid(message: ReportMessage, messages: unknown[], at: Date): Said[] {
  const spoken = readSpoken(messages);
  const { startedAt, endedAt } = readSpan(message, spoken, at);
  const spanMs = Math.max(0, endedAt.getTime() - startedAt.getTime());
  const isWeb = callSchema.safeParse(message.call).data?.type === "webCall";
  const answers = isWeb ? findToolAnswers(messages, spoken) : new Map<Spoken, Date>();
  const said = spoken.map((entry, index) => ({
    role: entry.role,
    text: entry.text,
    at: timeOf(entry, startedAt) ?? startedAt.getTime() + (spanMs * index) / spoken.length,
    ...(entry.endedAt && { endedAt: entry.endedAt.getTime() }),
    ...toNotBefore(laterOf(entry.notBefore, answers.get(entry))),
    ...(timeOf(entry, startedAt) === null && { isUntimed: true }),
  }));
  return [...said, ...readRest(message, said, startedAt.getTime(), spanMs)];
}

function laterOf(a: Date | null, b: Date | undefined): Date | undefined {
  return a && (!b || a > b) ? a : b;
}

const toNotBefore = (at: Date | undefined) => at && { notBefore: at.getTime() };

function timeOf({ at, fromStartMs }: Spoken, startedAt: Date): number | null {
  return at?.getTime() ?? (fromStartMs === null ? null : startedAt.getTime() + fromStartMs);
}

function readRest(message: ReportMessage, said: Said[], startedAt: number, spanMs: number): Said[] {
  const text = message.transcript || message.artifact?.transcript || "";
  const lines = readTranscriptText(text, message.assistant);
  const written = lines.map((line, index) => ({
    ...line,
    at: Math.round(startedAt + (spanMs * index) / lines.length),
    isUntimed: true,
  }));
  if (said.length === 0) return written;
  const merged = mergeLines([...said.map(toLine("said")), ...written.map(toLine("written"))]);
  return merged
    .filter(({ id }) => id.startsWith("written"))
    .map((line) => ({ role: line.role, text: line.text, at: Date.parse(line.at), isUntimed: true }));
}

function toLine(kind: string) {
  return ({ role, text, at, endedAt, isUntimed }: Said, index: number): HeardLine => ({
    id: `${kind}-${String(index).padStart(6, "0")}`,
    role,
    text,
    at: new Date(at).toISOString(),
    endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
    source: "report",
    final: true,
    isTimed: isUntimed !== true,
    notBefore: null,
  });
}
