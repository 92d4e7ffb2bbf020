import "server-only";
import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { callDocuments, callNotes, callReviews } from "@/db/schema/reports";
import type { AlertActor } from "@/lib/alerts/alert";
import { mostTags, type Review, type ReviewChange } from "@/lib/reports/review";

/** Adds a note to a call. False when there is no such call. */
export async function addNote(
  db: Pick<Database, "execute">,
  callId: string,
  text: string,
  by: AlertActor,
): Promise<boolean> {
  const added = await db.execute(sql`
    insert into ${callNotes} (call_id, by, text)
    select id, ${JSON.stringify(by)}::jsonb, ${text} from ${calls} where id = ${callId} returning id
  `);
  return added.length > 0;
}

/**
 * Sets the tags or score of a call and of its document. The call's row is the lock: a concurrent build of the document waits
 * for it and then sees the review (db/queries/reports/documents.ts). False when there is no such call.
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

/**
 * Adds and removes tags of calls. Returns how many calls there were; null, with nothing changed, when one of them would have
 * more than `mostTags`.
 */
export function changeTags(
  db: Database,
  ids: string[],
  add: string[],
  remove: string[],
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const found = await tx
      .select({ id: calls.id })
      .from(calls)
      .where(inArray(calls.id, ids))
      .orderBy(calls.id)
      .for("update");
    const known = found.map(({ id }) => id);
    if (known.length === 0) return 0;
    const reviews = await tx.select().from(callReviews).where(inArray(callReviews.callId, known));
    const before = new Map(reviews.map(({ callId, tags }) => [callId, tags]));
    const tagsOf = (callId: string) => {
      const tags = new Set([...(before.get(callId) ?? []), ...add]);
      return [...tags].filter((tag) => !remove.includes(tag)).sort();
    };
    const changed = known.map((callId) => ({ callId, tags: tagsOf(callId) }));
    const most = (callId: string) => Math.max(mostTags, before.get(callId)?.length ?? 0);
    if (changed.some(({ callId, tags }) => tags.length > most(callId))) return null;
    await tx
      .insert(callReviews)
      .values(changed)
      .onConflictDoUpdate({ target: callReviews.callId, set: { tags: sql`excluded.tags` } });
    await copyReviews(tx, known);
    return known.length;
  });
}

/** Copies tags and score to the documents, where the archive searches. */
async function copyReviews(tx: Pick<Database, "update">, callIds: string[]): Promise<void> {
  await tx
    .update(callDocuments)
    .set({ tags: sql`${callReviews.tags}`, score: sql`${callReviews.score}` })
    .from(callReviews)
    .where(
      sql`${callReviews.callId} = ${callDocuments.callId} and ${inArray(callDocuments.callId, callIds)}`,
    );
}

/** A call's review; null when there is no such call. `name` is the caller's. */
export async function getReview(
  db: Pick<Database, "select">,
  callId: string,
): Promise<{ review: Review; name: string | null } | null> {
  const [[row], notes] = await Promise.all([
    db
      .select({ name: calls.customerName, review: callReviews })
      .from(calls)
      .leftJoin(callReviews, eq(callReviews.callId, calls.id))
      .where(eq(calls.id, callId)),
    db.select().from(callNotes).where(eq(callNotes.callId, callId)).orderBy(asc(callNotes.id)),
  ]);
  if (!row) return null;
  const { name, review } = row;
  return {
    name,
    review: {
      tags: review?.tags ?? [],
      score: review?.score ?? null,
      scoredBy: review?.scoredBy ?? null,
      scoredAt: review?.scoredAt?.toISOString() ?? null,
      // Notes whose text retention has removed are left out.
      notes: notes
        .filter(({ text }) => text !== "")
        .map(({ id, by, at, text }) => ({ id, by, at: at.toISOString(), text })),
    },
  };
}
