import { inArray, lt } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";

const batchSize = 1_000;

/**
 * Deletes a thousand of the event log's entries that were received before `cutoff`; two who come at once take different
 * ones. Returns how many; fewer than a thousand: there are no more.
 */
export async function deleteOldEvents(
  db: Pick<Database, "delete" | "select">,
  cutoff: Date,
): Promise<{ events: number; isDone: boolean }> {
  const old = db
    .select({ key: events.key })
    .from(events)
    .where(lt(events.receivedAt, cutoff))
    .orderBy(events.receivedAt)
    .limit(batchSize)
    .for("update", { skipLocked: true });
  const gone = await db.delete(events).where(inArray(events.key, old)).returning({ key: events.key });
  return { events: gone.length, isDone: gone.length < batchSize };
}
