import "server-only";
import type { Database } from "@/db/client";
import { getReview } from "@/db/queries/reports/get-review";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskText } from "@/lib/calls/mask";
import type { Review } from "@/lib/reports/review";

/** What people make of a call, as somebody may see it: a note or a tag may well name the caller. Null when there is no such call. */
export async function viewReview(
  db: Database,
  viewer: { role: Role },
  callId: string,
): Promise<Review | null> {
  const found = await getReview(db, callId);
  if (!found || !isMaskedFor(viewer)) return found?.review ?? null;
  const { review, name } = found;
  return {
    ...review,
    tags: review.tags.map((tag) => maskText(tag, [name])),
    notes: review.notes.map((note) => ({ ...note, text: maskText(note.text, [name]) })),
  };
}
