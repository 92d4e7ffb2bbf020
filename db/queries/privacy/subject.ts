import { and, eq, inArray, isNull, ne, notExists, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { scrubVersionNotes } from "@/db/queries/analytics/version-alerts";
import { forgetContexts } from "@/db/queries/conversations/versions";
import { rememberDeleted } from "@/db/queries/imports";
import { scrubIncidentNotes } from "@/db/queries/incidents/write";
import { markCopiesForDeletion } from "@/db/queries/recordings";
import { isEffectOf } from "@/db/queries/tools/effects";
import { alerts } from "@/db/schema/alerts";
import { calls, lines, toolCalls } from "@/db/schema/calls";
import { conversations, conversationVersions } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { deletedCalls } from "@/db/schema/reconciliation";
import { recordingCopies, reports } from "@/db/schema/reports";
import { routedRequests } from "@/db/schema/routing";
import { toolEffects } from "@/db/schema/tools";
import { liveStatuses } from "@/lib/calls/call";
import { digitsOf, isSip, type Subject, type SubjectCounts } from "@/lib/privacy/subject";

/** The condition for a subject's calls. Numbers are compared by their digits, in any notation. */
function isOfSubject(subject: Subject): SQL {
  if (subject.kind === "conversation") return eq(calls.conversationId, subject.uuid);
  if (subject.kind === "calls") return inArray(calls.id, subject.ids);
  if (isSip(subject.number)) return sql`lower(${calls.customerNumber}) = ${subject.number.toLowerCase()}`;
  return sql`regexp_replace(${calls.customerNumber}, '\\D', '', 'g') = ${digitsOf(subject.number)}`;
}

/** The condition for calls that can be deleted: nothing of a deleted call is stored again, so it must not be live or ahead. */
const isAtRest: SQL = sql`(${and(
  ne(calls.status, "scheduled"),
  or(notInArray(calls.status, [...liveStatuses]), sql`${calls.lastEventAt} < now() - interval '5 minutes'`),
)})`;

/** Counts a subject's data by kind, for calls that are not live. */
export async function countSubject(db: Pick<Database, "execute">, subject: Subject): Promise<SubjectCounts> {
  const theirs = isOfSubject(subject);
  const count = (table: SQL, callId: SQL, condition = sql`true`) =>
    sql`(select count(*)::int from ${table} where ${callId} in (select id from theirs) and ${condition})`;
  // A stored partial stands in for a lost final and is not counted as a line.
  const isFinal = ne(lines.source, "partial");
  const isThere = inArray(recordingCopies.state, ["waiting", "kept"]);
  const [row] = await db.execute<Record<keyof SubjectCounts, number>>(sql`
    with theirs as materialized (select ${calls.id} as id from ${calls} where ${and(theirs, isAtRest)})
    select
      (select count(*)::int from theirs) as calls,
      (select count(*)::int from ${calls} where ${theirs} and not ${isAtRest}) as live,
      ${count(sql`${lines}`, sql`${lines.callId}`, isFinal)} as lines,
      ${count(sql`${toolCalls}`, sql`${toolCalls.callId}`)} as "toolCalls",
      ${count(sql`${reports}`, sql`${reports.callId}`)} as reports,
      ${count(sql`${alerts}`, sql`${alerts.callId}`)} as alerts,
      ${count(sql`${recordingCopies}`, sql`${recordingCopies.callId}`, isThere)} as copies,
      ${count(sql`${events}`, sql`${events.callId}`)} as events
  `);
  if (!row) throw new Error("count-subject returned no row");
  return row;
}

const batchSize = 200;

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/**
 * Deletes the next few hundred calls of a subject with everything that belongs to them, in one transaction. Returns their ids;
 * fewer than a batch does not mean that none are left, because a concurrent deletion may hold them.
 */
export async function deleteSubjectCalls(db: Database, subject: Subject): Promise<string[]> {
  return db.transaction(async (tx) => {
    const batch = await tx
      .select({ id: calls.id, conversationId: calls.conversationId })
      .from(calls)
      .where(and(isOfSubject(subject), isAtRest))
      .orderBy(calls.id)
      .limit(batchSize)
      .for("update", { skipLocked: true });
    const ids = batch.map(({ id }) => id);
    if (ids.length === 0) return [];
    await tx.delete(events).where(inArray(events.callId, ids));
    await markCopiesForDeletion(tx, ids);
    await tx.delete(toolEffects).where(isEffectOf(ids));
    await tx.delete(routedRequests).where(inArray(routedRequests.callId, ids));
    await scrubIncidentNotes(tx, ids);
    await scrubVersionNotes(tx, ids);
    // Lines, marks, tool calls, reports and alerts go with their call.
    await tx.delete(calls).where(inArray(calls.id, ids));
    await rememberDeleted(tx, ids);
    await settleConversations(tx, [...new Set(batch.map(({ conversationId }) => conversationId))]);
    return ids;
  });
}

/** Calls deleted within the hour that a delivery already under way has stored again. */
export async function listRevived(db: Pick<Database, "select">): Promise<string[]> {
  const found = await db
    .select({ id: calls.id })
    .from(deletedCalls)
    .innerJoin(calls, eq(calls.id, deletedCalls.callId))
    .where(sql`${deletedCalls.deletedAt} > now() - interval '1 hour'`)
    .limit(batchSize);
  return found.map(({ id }) => id);
}

/**
 * Deletes conversations without calls or a name, which were created by their first call. One with a name was configured by a
 * person, so only its context is cleared. The others get a new newest call.
 */
async function settleConversations(tx: Transaction, ids: string[]): Promise<void> {
  const { id, name } = conversations;
  const isEmpty = notExists(tx.select({ one: sql`1` }).from(calls).where(eq(calls.conversationId, id)));
  await tx.delete(conversations).where(and(inArray(id, ids), isEmpty, sql`${name} is null`));
  await forgetContexts(tx, and(inArray(id, ids), isEmpty), "Deletion of a caller");
  const newest = sql`(
    select ${calls.id} from ${calls} where ${calls.conversationId} = ${id}
    order by ${calls.createdAt} desc limit 1
  )`;
  await tx.update(conversations).set({ lastCallId: newest }).where(inArray(id, ids));
}

/**
 * Deletes a subject's remaining data after its calls: events without a call, the conversation itself, and data in other
 * conversations. Reads the whole event log. Returns how many events.
 */
export async function deleteSubjectRest(db: Database, subject: Subject): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx.delete(events).where(isAbout(subject)).returning({ key: events.key });
    if (subject.kind === "conversation") {
      // Effects of tools called in messages without a call id.
      await tx.delete(toolEffects).where(eq(toolEffects.callId, subject.uuid));
      const hasCalls = tx.select({ id: calls.id }).from(calls).where(eq(calls.conversationId, subject.uuid));
      await tx
        .delete(conversations)
        .where(and(eq(conversations.id, subject.uuid), sql`not exists (${hasCalls})`));
    } else if (subject.kind === "number") {
      await forgetContexts(tx, knows(subject.number), "Deletion of a caller");
    }
    return gone.length;
  });
}

function isAbout(subject: Subject): SQL | undefined {
  // Events of a live call stay with it.
  const isOfNoCall = or(
    isNull(events.callId),
    sql`not exists (select from ${calls} where ${calls.id} = ${events.callId})`,
  );
  if (subject.kind === "conversation") return and(isOfNoCall, eq(events.conversationId, subject.uuid));
  if (subject.kind === "calls") return and(isOfNoCall, inArray(events.callId, subject.ids));
  return and(isOfNoCall, names(sql`${events.message}`, subject.number));
}

/**
 * The condition for conversations whose context contains the number, now or in an earlier version, including those of other
 * callers. One with a live call is excluded until the call ends.
 */
function knows(number: string): SQL | undefined {
  const { id, context } = conversations;
  const ofIt = sql`${conversationVersions.conversationId} = ${id}`;
  return and(
    or(
      names(sql`${context}`, number),
      sql`exists (
        select from ${conversationVersions} where ${ofIt} and ${names(sql`${conversationVersions.context}`, number)}
      )`,
    ),
    sql`not exists (select from ${calls} where ${calls.conversationId} = ${id} and not ${isAtRest})`,
  );
}

function names(json: SQL, number: string): SQL {
  const digits = isSip(number) ? number : digitsOf(number);
  return sql`position(lower(${digits}) in lower(${json}::text)) > 0`;
}
