import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema/events";

/** The keys of a call's events, in the order they happened in. */
export async function listEventKeys(db: Pick<Database, "select">, callId: string): Promise<string[]> {
  const rows = await db
    .select({ key: events.key })
    .from(events)
    .where(eq(events.callId, callId))
    .orderBy(asc(events.at), events.key);
  return rows.map(({ key }) => key);
}
