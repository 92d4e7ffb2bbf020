import { z } from "zod";
import type { ReportMessage as Said } from "@/db/schema/reports";
import { toWords } from "@/lib/calls/align-words";
import type { Speaker } from "@/lib/calls/call";
import type { SourceLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";
import type { ReportMessage } from "@/lib/reports/server/report-parts";
import { readSpoken, type Spoken } from "@/lib/webhook/server/messages";
import { readSpan } from "@/lib/webhook/server/snapshot";
import { readToolHistory } from "@/lib/webhook/server/tool-messages";

/** Speech times are earlier than tool times by less than this. */
const mostMs = 6_000;
/** Shorter words occur in every sentence. */
const leastLength = 4;
/** One shared word may be chance. */
const leastShared = 2;

/**
 * Finds sentences of a web call that use a tool's result although they are timed before the tool call, with the time of
 * the tool call. A web call's report times speech and tools by different clocks, so its order is no evidence; words
 * that a sentence shares with the result, and that the caller has not said, are.
 */
function findToolAnswers(messages: unknown, spoken: readonly Spoken[]): Map<Spoken, Date> {
  const found = new Map<Spoken, Date>();
  for (const { askedAt, result } of readToolHistory(messages)) {
    if (!askedAt || !result) continue;
    const n = spoken.findLastIndex(({ role, at }) => role === "assistant" && at !== null && at < askedAt);
    const sentence = spoken[n];
    if (!sentence?.at || askedAt.getTime() - sentence.at.getTime() > mostMs) continue;
    const asked = spoken.slice(0, n).findLast(({ role }) => role === "user");
    const known = toKeys(asked?.text ?? "");
    const resultKeys = toKeys(result.slice(0, 20_000));
    const shared = [...toKeys(sentence.text)].filter((key) => resultKeys.has(key) && !known.has(key));
    if (shared.length >= leastShared) found.set(sentence, askedAt);
  }
  return found;
}

function toKeys(text: string): Set<string> {
  // JSON has words without spaces between them.
  const words = toWords(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, " "));
  return new Set(words.map(({ key }) => key).filter(({ length }) => length >= leastLength));
}

const name = z.string().min(1).nullish().catch(null);
const assistantSchema = z
  .looseObject({
    artifactPlan: z
      .looseObject({
        transcriptPlan: z.looseObject({ assistantName: name, userName: name }).nullish().catch(null),
      })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

/** Names of the speakers as Vapi writes them, and as hand-written transcripts do. */
const usual: readonly [string, Speaker][] = [
  ["ai", "assistant"],
  ["assistant", "assistant"],
  ["bot", "assistant"],
  ["user", "user"],
  ["customer", "user"],
  ["caller", "user"],
];

/**
 * Splits a report's `transcript`, one line per turn beginning with its speaker, into turns in order. The assistant's
 * plan may rename the speakers. A line without a speaker continues the one before.
 */
function readTranscriptText(text: string, assistant: unknown): { role: Speaker; text: string }[] {
  const plan = assistantSchema.parse(assistant)?.artifactPlan?.transcriptPlan;
  const speakers = new Map(usual);
  if (plan?.assistantName) speakers.set(plan.assistantName.toLowerCase(), "assistant");
  if (plan?.userName) speakers.set(plan.userName.toLowerCase(), "user");
  const said: { role: Speaker; text: string }[] = [];
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const role = speakers.get(line.slice(0, Math.max(0, colon)).trim().toLowerCase());
    const words = (role ? line.slice(colon + 1) : line).trim();
    const last = said.at(-1);
    if (role) said.push({ role, text: words });
    else if (last && words) last.text = `${last.text}\n${words}`;
  }
  return said.filter(({ text: words }) => words !== "");
}

const callSchema = z.looseObject({ type: z.string() });

/**
 * Reads what was said from a report: its messages, and the lines of its `transcript` text that are missing from them
 * (all, if it has no messages).
 */
export function readSaid(message: ReportMessage, messages: unknown[], at: Date): Said[] {
  const spoken = readSpoken(messages);
  const { started, ended } = readSpan(message, spoken, at);
  const [startedAt, endedAt] = [started?.at ?? ended.at, ended.at];
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
    ...(entry.assistantName !== null && { assistantName: entry.assistantName }),
    ...(entry.filter && { filter: entry.filter }),
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
  return ({ role, text, at, endedAt, isUntimed }: Said, index: number): SourceLine => ({
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
