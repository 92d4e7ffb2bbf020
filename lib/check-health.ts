import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { probeWrites } from "@/db/queries/health/probe-writes";
import { events } from "@/db/schema/events";
import type { DatabaseProblem, Health } from "@/lib/health/health";
import { seenProblem, toDatabaseProblem } from "@/lib/health/write-failures";
import { describeError, log } from "@/lib/log";
import { published } from "@/lib/realtime/published";
import { withDeadline } from "@/lib/with-deadline";

const timeoutMs = 2_000;
/** A failure to publish this long ago says nothing of now. */
const realtimeMemoryMs = 60_000;

export async function checkHealth(): Promise<Health> {
  const [last, writes] = await Promise.all([readLastEvent(), checkWrites()]);
  const problem = last ? (seenProblem() ?? writes) : "unreachable";
  return {
    status: problem ? "failing" : "ok",
    database: problem ? "down" : "up",
    problem,
    realtime: checkRealtime(),
    lastEventAt: last?.at?.toISOString() ?? null,
  };
}

/** Asked for by anybody as often as they like, so that it is found out once in a while only. */
const probeMs = 5_000;
let probe: { at: number; found: Promise<DatabaseProblem | null> } | null = null;

/** Why the database takes no writes; null when it does. */
function checkWrites(): Promise<DatabaseProblem | null> {
  if (!probe || Date.now() - probe.at >= probeMs) {
    const found = withDeadline(probeWrites(db), timeoutMs).then(
      () => null,
      (cause: unknown) => toDatabaseProblem(cause) ?? "unreachable",
    );
    probe = { at: Date.now(), found };
  }
  return probe.found;
}

type LastEvent = { at: Date | null } | null;

let reading: Promise<LastEvent> | null = null;

/** Null when the database does not answer, in time or at all. One query for all who ask meanwhile. */
function readLastEvent(): Promise<LastEvent> {
  reading ??= queryLastEvent().finally(() => {
    reading = null;
  });
  return reading;
}

async function queryLastEvent(): Promise<LastEvent> {
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
