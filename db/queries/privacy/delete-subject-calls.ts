import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { forgetContexts } from "@/db/queries/conversations/forget-contexts";
import { isAtRest, isOfSubject } from "@/db/queries/privacy/is-of-subject";
import { doomCopies } from "@/db/queries/recordings/doom-copies";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { routedRequests } from "@/db/schema/routed-requests";
import { toolEffects } from "@/db/schema/tool-effects";
import type { Subject } from "@/lib/privacy/subject";

const batchSize = 200;

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/**
 * Deletes the next calls of a subject with all that hangs on them, a few hundred in one transaction. Returns their ids;
 * fewer than a batch does not mean that there are no more: another deletion may hold them.
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
    await doomCopies(tx, ids);
    await tx.delete(toolEffects).where(inArray(toolEffects.callId, ids));
    await tx.delete(routedRequests).where(inArray(routedRequests.callId, ids));
    // Lines, marks, tool calls, reports and alerts go with their call.
    await tx.delete(calls).where(inArray(calls.id, ids));
    await settleConversations(tx, [...new Set(batch.map(({ conversationId }) => conversationId))]);
    return ids;
  });
}

/**
 * A conversation without calls and without a name was made by its first call, and goes; one with a name is somebody's
 * setting, and forgets what it knew. The others' newest call is another one now.
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
