import { inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordingCopies } from "@/db/schema/recording-copies";

/** Has the copies of these calls' recordings deleted by the next tick, those that are just being made too. */
export async function doomCopies(db: Pick<Database, "update">, callIds: string[]): Promise<void> {
  if (callIds.length === 0) return;
  await db
    .update(recordingCopies)
    .set({ state: "doomed", dueAt: sql`now()`, error: null })
    .where(inArray(recordingCopies.callId, callIds));
}
