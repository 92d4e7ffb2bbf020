import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { eventColumns } from "@/db/queries/events/event-columns";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { toEvent } from "@/db/to-event";
import type { EventDetail } from "@/lib/events/event";

/** One event of the log with all that is kept of it, or null when there is none (any more). */
export async function getEvent(db: Pick<Database, "select">, key: string): Promise<EventDetail | null> {
  const [row] = await db
    .select({ ...eventColumns, message: events.message, issues: events.issues, answer: events.answer })
    .from(events)
    .leftJoin(calls, eq(calls.id, events.callId))
    .where(eq(events.key, key));
  return row ? { ...toEvent(row), issues: row.issues ?? [] } : null;
}
