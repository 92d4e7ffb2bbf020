import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { events } from "@/db/schema/events";
import type { Health } from "@/lib/health/health";
import { describeError, log } from "@/lib/log";
import { published } from "@/lib/realtime/published";
import { withDeadline } from "@/lib/with-deadline";

const timeoutMs = 2_000;
/** A failure to publish this long ago says nothing of now. */
const realtimeMemoryMs = 60_000;

export async function checkHealth(): Promise<Health> {
  const last = await readLastEvent();
  return {
    status: last ? "ok" : "failing",
    database: last ? "up" : "down",
    realtime: checkRealtime(),
    lastEventAt: last?.at?.toISOString() ?? null,
  };
}

/** Null when the database does not answer, in time or at all. */
async function readLastEvent(): Promise<{ at: Date | null } | null> {
  const newest = db
    .select({ at: sql<Date | null>`max(${events.receivedAt})`.mapWith(events.receivedAt) })
    .from(events);
  try {
    const [row] = await withDeadline(newest.execute(), timeoutMs);
    return row ?? { at: null };
  } catch (cause) {
    log("error", "the database does not answer", describeError(cause));
    return null;
  }
}

/** Whether pushes arrive, by what this process saw. */
export function checkRealtime(): Health["realtime"] {
  const { lastFailureAt, sent } = published;
  if (lastFailureAt && Date.now() - lastFailureAt.getTime() < realtimeMemoryMs) return "failing";
  return sent > 0 ? "up" : "unknown";
}
