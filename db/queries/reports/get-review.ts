import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callNotes } from "@/db/schema/call-notes";
import { callReviews } from "@/db/schema/call-reviews";
import { calls } from "@/db/schema/calls";
import type { Review } from "@/lib/reports/review";

/** What people make of a call; null when there is no such call. `name` is the caller's. */
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
      // A note whose words retention has taken says nothing any more.
      notes: notes
        .filter(({ text }) => text !== "")
        .map(({ id, by, at, text }) => ({ id, by, at: at.toISOString(), text })),
    },
  };
}
