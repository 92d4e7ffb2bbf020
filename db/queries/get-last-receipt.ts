import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { events } from "@/db/schema/events";

/** When the newest event of the log came in; null while there is none. */
export async function getLastReceipt(db: Pick<Database, "select">): Promise<Date | null> {
  const [newest] = await db
    .select({ at: events.receivedAt })
    .from(events)
    .orderBy(newestFirst(events.receivedAt))
    .limit(1);
  return newest?.at ?? null;
}
