import "server-only";
import { and, asc, eq, gt, isNull, lt, lte, notInArray, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callFigures } from "@/db/schema/call-figures";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { liveStatuses } from "@/lib/calls/call";

/** Enough for a minute's events; what is missing after an outage goes in as many steps as it takes. */
const batchSize = 2_000;

export interface Missing {
  callIds: string[];
  /** The log has been looked through up to here; null: to its end. */
  seenUntil: Date | null;
}

/** Calls that are over, have events received after `since`, and whose figures are missing or of an older version. */
export async function findMissingFigures(
  db: Pick<Database, "select" | "selectDistinct">,
  since: Date,
): Promise<Missing> {
  const [last] = await db
    .select({ at: events.receivedAt })
    .from(events)
    .where(gt(events.receivedAt, since))
    .orderBy(asc(events.receivedAt))
    .offset(batchSize - 1)
    .limit(1);
  const found = await db
    .selectDistinct({ id: calls.id })
    .from(events)
    .innerJoin(calls, eq(calls.id, events.callId))
    .leftJoin(callFigures, eq(callFigures.callId, calls.id))
    .where(
      and(
        gt(events.receivedAt, since),
        last && lte(events.receivedAt, last.at),
        notInArray(calls.status, [...liveStatuses, "scheduled"]),
        or(isNull(callFigures.callVersion), lt(callFigures.callVersion, sql`${calls.version}`)),
      ),
    );
  return { callIds: found.map(({ id }) => id), seenUntil: last?.at ?? null };
}
