import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Vapi } from "@vapi-ai/server-sdk";
import { z } from "zod";
import { db } from "@/db/client";
import { readContentFault } from "@/db/faults";
import { deriveFigures } from "@/db/queries/analytics/figures";
import { findDeletedCalls, findKnownCalls, readImportRun, writeImportRun } from "@/db/queries/imports";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import { isOver } from "@/lib/calls/call";
import { cleanText } from "@/lib/clean-text";
import { describeError } from "@/lib/log";
import { readMaskedKinds } from "@/lib/privacy/server/masking";
import { recordDocument } from "@/lib/reports/server/documents";
import { isCrowded, nextPage, type PageBound } from "@/lib/vapi/list-calls";
import { askWithRetries, createVapiClient } from "@/lib/vapi/server/client";
import { toDelivery } from "@/lib/webhook/server/delivery";
import { readEnvelope } from "@/lib/webhook/server/envelope";
import { findEvent } from "@/lib/webhook/server/registry";

/** Results of an import, by outcome. */
export interface ImportTally {
  imported: number;
  /** Calls whose report was stored already. */
  known: number;
  /** Calls in progress or scheduled. */
  goingOn: number;
  /** Calls deleted here, which stay deleted. */
  deleted: number;
  failed: number;
  /** How often each reason occurred. */
  reasons: Map<string, number>;
  /** Times (ms) at which Vapi may have more calls than a page shows, and how many of them were seen. */
  crowded: Map<string, number>;
}

export function createImportTally(): ImportTally {
  return { imported: 0, known: 0, goingOn: 0, deleted: 0, failed: 0, reasons: new Map(), crowded: new Map() };
}

/**
 * Records a past call's report with the same handler as its webhook, so that the call equals one watched live. Past
 * calls raise no alerts, notifications or pushes.
 * @param conversationId the call's conversation, if known
 * @returns why it could not be recorded, or null
 */
export async function recordPastCall(body: object, conversationId: string | null): Promise<string | null> {
  const envelope = readEnvelope({
    body: new TextEncoder().encode(JSON.stringify(body)),
    conversationUuid: conversationId,
    headers: new Headers(),
    receivedAt: new Date(),
    isFetched: true,
  });
  const read = envelope && findEvent(envelope.type)?.read(envelope.message);
  if (!envelope || !read) return "is not a message that a webhook could have sent";
  if ("issues" in read) return `is not valid: ${read.issues[0]?.path} ${read.issues[0]?.message}`;
  const recorded = await recordDelivery(
    db,
    toDelivery(envelope, read.event, null, null, await readMaskedKinds()),
  );
  if (recorded.refusal) return `cannot be stored: ${recorded.refusal}`;
  const { call, isFresh } = recorded;
  if (call) await deriveFigures(db, [call.id]);
  if (call && isFresh && isOver(call.status)) await recordDocument(call.id);
  return null;
}

interface Over {
  endedAt?: string | undefined;
  updatedAt?: string | undefined;
}

/**
 * Converts a finished call of Vapi's API to the message its webhook would have sent. The message has the time the call ended,
 * so a real report that arrives later is newer and replaces it.
 */
export function toReportMessage(call: Over): Record<string, unknown> {
  return { ...call, type: "end-of-call-report", timestamp: call.endedAt ?? call.updatedAt, call };
}

/** A candidate for a past call: the body its webhook would have sent, or why there is none. */
type PastCall =
  | { kind: "report"; callId: string; body: { message: Record<string, unknown> } }
  | { kind: "going-on" }
  | { kind: "unusable"; reason: string };

/** Same length limit as in the webhook; NUL cannot be stored. */
const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]+$/);
const messageSchema = z.looseObject({
  type: z.string().min(1),
  call: z.looseObject({ id }).nullish().catch(null),
});
const bodySchema = z.looseObject({ message: messageSchema });
const callSchema = z.looseObject({
  id,
  status: z.string().min(1),
  endedAt: z.string().optional(),
  updatedAt: z.string().optional(),
});
const over = new Set(["ended", "not-found", "deletion-failed"]);

/** Reads an end-of-call-report, with or without `message` around it, or a call of Vapi's API. */
function toPastCall(value: unknown): PastCall {
  const message = bodySchema.safeParse(value).data?.message ?? messageSchema.safeParse(value).data;
  if (message?.type === "end-of-call-report") return ofReport(message);
  const call = callSchema.safeParse(value).data;
  if (call) {
    if (!over.has(call.status)) return { kind: "going-on" };
    return { kind: "report", callId: call.id, body: { message: toReportMessage(call) } };
  }
  if (message) return { kind: "unusable", reason: `is not a report but "${cleanText(message.type, 60)}"` };
  return { kind: "unusable", reason: "is neither a report nor a call" };
}

function ofReport(message: z.infer<typeof messageSchema>): PastCall {
  const callId = message.call?.id;
  if (!callId) return { kind: "unusable", reason: "is a report without a call ID" };
  return { kind: "report", callId, body: { message } };
}

export interface Source {
  value: unknown;
  /** Identifies it in an error: a call's id, or a file and line. */
  name: string;
}

export interface ImportOptions {
  /** Counts without recording anything. */
  isDryRun: boolean;
  /** Called with a line for each failure. */
  say: (line: string) => void;
}

/**
 * Imports calls and counts the outcomes. A call that fails because of its content does not stop the others.
 * @throws any other failure, so that it is not counted as the call's: the import can be repeated
 */
export async function importCalls(
  sources: readonly Source[],
  tally: ImportTally,
  { isDryRun, say }: ImportOptions,
): Promise<void> {
  const past = sources.map(({ value, name }) => ({ name, call: toPastCall(value) }));
  const ids = past.flatMap(({ call }) => (call.kind === "report" ? [call.callId] : []));
  const [known, deleted] = await Promise.all([findKnownCalls(db, ids), findDeletedCalls(db, ids)]);
  for (const { name, call } of past) {
    if (call.kind === "going-on") {
      tally.goingOn += 1;
      continue;
    }
    if (call.kind === "report" && deleted.has(call.callId)) {
      tally.deleted += 1;
      continue;
    }
    if (call.kind === "report" && known.get(call.callId)?.hasReport) {
      tally.known += 1;
      continue;
    }
    const reason =
      call.kind === "unusable"
        ? call.reason
        : isDryRun
          ? null
          : await tryToRecord(call.body, known.get(call.callId)?.conversationId);
    if (reason === null) {
      tally.imported += 1;
      // A call that occurs twice in a batch is stored already the second time.
      if (call.kind === "report") known.set(call.callId, { conversationId: "", hasReport: true });
    } else {
      tally.failed += 1;
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
      say(`${name} ${reason}.`);
    }
  }
}

/** @throws if the cause is not the call's content, such as a database that is down */
async function tryToRecord(body: object, conversationId: string | undefined): Promise<string | null> {
  try {
    return await recordPastCall(body, conversationId ?? null);
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? describeError(cause) : readContentFault(cause);
    if (reason === null) throw cause;
    return `could not be kept (${reason})`;
  }
}

/** The span of Vapi's calls to import. */
interface ImportSpan {
  /** Calls created from here … */
  from: Date | null;
  /** … until before here. */
  until: Date | null;
  assistantId: string | null;
}

export interface VapiImport extends ImportOptions, ImportSpan {
  pageSize: number;
  /** Minimum time between two requests to Vapi. */
  everyMs: number;
  /** The first pause before a retry. */
  pauseMs: number;
  /** Called after each page with the time reached. */
  onPage: (doneDownTo: Date) => void;
}

const retries = 8;

/**
 * Imports the calls that Vapi still stores (14 days on most plans), newest first, page by page. Saves its progress
 * after each page: an import that was killed resumes there, and importing a call twice changes nothing.
 * @returns the time an earlier import had reached that this one resumed from; null for a fresh start
 * @throws VapiError if Vapi rejects a request, or stays unreachable
 */
export async function importFromVapi(options: VapiImport, tally: ImportTally): Promise<Date | null> {
  const { isDryRun, pauseMs, pageSize, say } = options;
  const key = JSON.stringify([options.from, options.until, options.assistantId]);
  const resumedAt = isDryRun ? null : await readImportRun(db, key);
  const retryOptions = { retries, pauseMs, onPause: say };
  let bound: PageBound | null = resumedAt ? { createdAtLe: resumedAt.toISOString() } : {};
  let seen = new Set<string>();
  for (;;) {
    const from: PageBound = bound;
    const page = await askWithRetries(() => listPage(options, from, pageSize), retryOptions);
    await importPage(page, seen, pageSize, tally, options);
    bound = nextPage(page, pageSize);
    const oldest = page.at(-1)?.createdAt;
    if (!bound || oldest === undefined) break;
    seen = new Set(page.map(({ id }) => id));
    if (!isDryRun) await writeImportRun(db, key, new Date(oldest));
    options.onPage(new Date(oldest));
    await wait(options.everyMs);
  }
  if (!isDryRun) await writeImportRun(db, key, null);
  return resumedAt;
}

/**
 * Imports one page, except for calls that were also on the previous page.
 * @param seen the ids of the previous page
 */
export async function importPage(
  page: readonly Vapi.Call[],
  seen: ReadonlySet<string>,
  pageSize: number,
  tally: ImportTally,
  options: ImportOptions,
): Promise<void> {
  const fresh = page.filter(({ id }) => !seen.has(id));
  await importCalls(
    fresh.map((call) => ({ value: call, name: `Call ${call.id}` })),
    tally,
    options,
  );
  if (isCrowded(page, pageSize)) tally.crowded.set(String(page[0]?.createdAt), page.length);
}

/**
 * Lists one page of the calls to import.
 * @throws errors of Vapi's own client
 */
export async function listPage(
  { from, until, assistantId }: ImportSpan,
  bound: PageBound,
  pageSize: number,
): Promise<Vapi.Call[]> {
  const client = await createVapiClient({ timeoutInSeconds: 60, maxRetries: 0 });
  return client.calls.list({
    limit: pageSize,
    ...(assistantId && { assistantId }),
    ...(from && { createdAtGe: from.toISOString() }),
    ...(until && !bound.createdAtLe && { createdAtLt: until.toISOString() }),
    ...bound,
  });
}
