import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callDocuments } from "@/db/schema/call-documents";
import { callReviews } from "@/db/schema/call-reviews";
import { calls } from "@/db/schema/calls";
import type { AlertActor } from "@/lib/alerts/alert";
import type { ReviewChange } from "@/lib/reports/review";

/**
 * Sets tags or score of a call, and of its document. The call's row is the lock: whoever makes the document meanwhile
 * waits for it, and then sees the review (save-documents.ts). Returns false when there is no such call.
 */
export function changeReview(
  db: Database,
  callId: string,
  { tags, score }: ReviewChange,
  by: AlertActor,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [call] = await tx.select({ id: calls.id }).from(calls).where(eq(calls.id, callId)).for("update");
    if (!call) return false;
    const change = {
      ...(tags && { tags }),
      ...(score !== undefined && {
        score,
        scoredBy: score === null ? null : by,
        scoredAt: score === null ? null : new Date(),
      }),
    };
    if (Object.keys(change).length === 0) return true;
    await tx
      .insert(callReviews)
      .values({ callId, ...change })
      .onConflictDoUpdate({ target: callReviews.callId, set: change });
    await copyReviews(tx, [callId]);
    return true;
  });
}

/** Adds tags to calls, and takes some off. Returns how many calls there were. */
export function changeTags(db: Database, ids: string[], add: string[], remove: string[]): Promise<number> {
  return db.transaction(async (tx) => {
    const found = await tx
      .select({ id: calls.id })
      .from(calls)
      .where(inArray(calls.id, ids))
      .orderBy(calls.id)
      .for("update");
    const known = found.map(({ id }) => id);
    if (known.length === 0) return 0;
    const bound = JSON.stringify({ add, remove });
    const union = sql`(
      select coalesce(array_agg(distinct tag order by tag), '{}') from (
        select unnest(${callReviews.tags}) union select jsonb_array_elements_text(${bound}::jsonb->'add')
      ) as t (tag) where not (${bound}::jsonb->'remove') ? tag
    )`;
    await tx
      .insert(callReviews)
      .values(known.map((callId) => ({ callId, tags: add })))
      .onConflictDoUpdate({
        target: callReviews.callId,
        set: { tags: union },
      });
    await copyReviews(tx, known);
    return known.length;
  });
}

/** What people gave is found by where the archive looks. */
async function copyReviews(tx: Pick<Database, "update">, callIds: string[]): Promise<void> {
  await tx
    .update(callDocuments)
    .set({ tags: sql`${callReviews.tags}`, score: sql`${callReviews.score}` })
    .from(callReviews)
    .where(
      sql`${callReviews.callId} = ${callDocuments.callId} and ${inArray(callDocuments.callId, callIds)}`,
    );
}
