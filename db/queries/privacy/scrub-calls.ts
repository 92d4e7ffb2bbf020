import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isolate } from "@/db/faults";
import { scrubVersionNotes } from "@/db/queries/analytics/version-alerts";
import { forgetContexts } from "@/db/queries/conversations/versions";
import { scrubIncidentNotes } from "@/db/queries/incidents/write";
import { maskTexts } from "@/db/queries/privacy/mask-texts";
import { markCopiesForDeletion } from "@/db/queries/recordings";
import { recordSetAside } from "@/db/queries/set-aside";
import { isEffectOf } from "@/db/queries/tools/effects";
import { alertActs, alerts } from "@/db/schema/alerts";
import { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { operatorActions } from "@/db/schema/control";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { callDocuments, callNotes, callReviews, reports } from "@/db/schema/reports";
import { toolEffects } from "@/db/schema/tools";
import { maskText } from "@/lib/calls/mask-text";
import type { CallRetentionKind } from "@/lib/privacy/subject";

type Writer = Pick<Database, "update" | "delete" | "select" | "insert" | "execute">;

/** The job's name in the table of items set aside. */
export const scrubJob = "retention";

/**
 * Removes one kind of data from calls and deletes their events, which repeat all of it. The calls keep their measurements:
 * times, status, cost, marks. A call that fails because of its content is set aside, and the others continue.
 */
export async function scrubCalls(
  db: Pick<Database, "transaction" | "insert">,
  kind: CallRetentionKind,
  ids: string[],
): Promise<void> {
  // Inside a transaction each attempt is a savepoint.
  const failures = await isolate(ids, (some) => db.transaction((tx) => scrub(tx, kind, some)));
  for (const { item, reason } of failures) {
    await recordSetAside(db, { job: scrubJob, item: `${kind} ${item}`, reason });
  }
}

/**
 * Retries a call that was set aside.
 * @throws Postgres's error if it refuses the call again
 */
export function scrubAgain(db: Pick<Database, "transaction">, item: string): Promise<void> {
  const [kind, id] = [item.slice(0, item.indexOf(" ")), item.slice(item.indexOf(" ") + 1)];
  return db.transaction((tx) => (isKind(kind) ? scrub(tx, kind, [id]) : Promise.resolve()));
}

async function scrub(db: Writer, kind: CallRetentionKind, ids: string[]): Promise<void> {
  // In the same order as recording locks them, to avoid deadlocks.
  await db.select({ id: calls.id }).from(calls).where(inArray(calls.id, ids)).orderBy(calls.id).for("update");
  await scrubbers[kind](db, ids);
  await db.delete(events).where(inArray(events.callId, ids));
}

const isKind = (text: string): text is CallRetentionKind => Object.hasOwn(scrubbers, text);

/** Removes the searchable words; the tick builds the documents again from what remains. */
async function forgetWords(db: Writer, ids: string[]): Promise<void> {
  await db
    .update(callDocuments)
    .set({ words: "", maskedWords: null })
    .where(inArray(callDocuments.callId, ids));
  await db.update(calls).set({ documentedVersion: null }).where(inArray(calls.id, ids));
}

const scrubbers: Readonly<Record<CallRetentionKind, (db: Writer, ids: string[]) => Promise<void>>> = {
  transcripts: scrubTranscripts,
  recordings: scrubRecordings,
  personal: scrubPersonal,
};

/** Removes every word that was spoken, and everything derived from it. */
async function scrubTranscripts(db: Writer, ids: string[]): Promise<void> {
  await db.delete(lines).where(inArray(lines.callId, ids));
  await db
    .update(toolCalls)
    .set({ arguments: {}, result: null, error: null, warnings: null })
    .where(inArray(toolCalls.callId, ids));
  await db.update(toolEffects).set({ result: null, error: null }).where(isEffectOf(ids));
  await db.update(operatorActions).set({ text: null }).where(inArray(operatorActions.callId, ids));
  await db
    .update(reports)
    .set({
      messages: [],
      summary: null,
      structuredData: null,
      structuredOutputs: [],
      transfers: sql`(select coalesce(jsonb_agg(t - 'transcript'), '[]'::jsonb) from jsonb_array_elements(${reports.transfers}) t)`,
      // A single word ("true", "7", "Excellent") is a measurement; a sentence is content.
      successEvaluation: sql`case when ${reports.successEvaluation} ~ '^\\S{1,20}$' then ${reports.successEvaluation} end`,
    })
    .where(inArray(reports.callId, ids));
  await db
    .update(calls)
    .set({ lastLineRole: null, lastLineText: null, partialUserText: null, partialAssistantText: null })
    .where(inArray(calls.id, ids));
  await forgetEvidence(db, ids);
  await forgetWords(db, ids);
}

/** Removes the words that triggered rules, but keeps the rules' alerts and their times. */
async function forgetEvidence(db: Writer, ids: string[]): Promise<void> {
  await db
    .update(alerts)
    .set({ rule: sql`jsonb_set(${alerts.rule}, '{evidence,text}', 'null')` })
    .where(and(inArray(alerts.callId, ids), isNotNull(alerts.rule)));
}

async function scrubRecordings(db: Writer, ids: string[]): Promise<void> {
  await db
    .update(reports)
    .set({ recordingUrl: null, stereoRecordingUrl: null })
    .where(inArray(reports.callId, ids));
  await markCopiesForDeletion(db, ids);
}

/** Marks whose detail names a transfer's destination or the reason it failed. */
const ofTransfers = ["transfer", "transfer-answered", "transfer-refused", "forward-asked"] as const;

/**
 * Removes the caller's number and name, transfer destinations, and the conversation's data about the caller. Texts stay, with
 * names and numbers hidden.
 */
async function scrubPersonal(db: Writer, ids: string[]): Promise<void> {
  await scrubTags(db, ids);
  await maskTexts(db, ids);
  await db
    .update(calls)
    .set({ customerNumber: null, customerName: null, metadata: null })
    .where(inArray(calls.id, ids));
  await db
    .update(marks)
    .set({ detail: null })
    .where(and(inArray(marks.callId, ids), inArray(marks.kind, [...ofTransfers])));
  await db
    .update(operatorActions)
    .set({ text: null, target: null })
    .where(inArray(operatorActions.callId, ids));
  await db.update(reports).set({ transfers: [] }).where(inArray(reports.callId, ids));
  const theirAlerts = db.select({ id: alerts.id }).from(alerts).where(inArray(alerts.callId, ids));
  await db.update(alertActs).set({ text: null }).where(inArray(alertActs.alertId, theirAlerts));
  await forgetEvidence(db, ids);
  await scrubIncidentNotes(db, ids);
  await scrubVersionNotes(db, ids);
  await db.update(callNotes).set({ text: "" }).where(inArray(callNotes.callId, ids));
  await forgetWords(db, ids);
  await scrubConversations(db, ids);
}

/** Removes tags that contain the caller's name, while the name is still known. */
async function scrubTags(db: Writer, ids: string[]): Promise<void> {
  const reviews = await db
    .select({ callId: callReviews.callId, tags: callReviews.tags, name: calls.customerName })
    .from(callReviews)
    .innerJoin(calls, eq(calls.id, callReviews.callId))
    .where(inArray(callReviews.callId, ids));
  for (const { callId, tags, name } of reviews) {
    const kept = tags.filter((tag) => maskText(tag, [name]) === tag);
    if (kept.length === tags.length) continue;
    await db.update(callReviews).set({ tags: kept }).where(eq(callReviews.callId, callId));
    await db.update(callDocuments).set({ tags: kept }).where(eq(callDocuments.callId, callId));
  }
}

/**
 * Clears the context, in all versions, of conversations whose newest call is among these. A later call, such as a live one,
 * keeps it.
 */
async function scrubConversations(db: Writer, ids: string[]): Promise<void> {
  await forgetContexts(db, inArray(conversations.lastCallId, ids), "Retention");
}
