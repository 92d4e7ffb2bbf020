import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { scrubCalls } from "@/db/queries/privacy/scrub-calls";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { retentionProgress } from "@/db/schema/retention-progress";
import type { CallRetentionKind } from "@/lib/privacy/subject";

/** An event may be received this long before its transaction is seen. */
const slackMs = 60_000;

/**
 * Takes one kind of data out of calls that had been through already, and that somebody has sent an event of since: a
 * delivery that was late, or sent again. Their events say which. Returns how many calls.
 */
export async function sweepLatecomers(db: Database, kind: CallRetentionKind): Promise<number> {
  return db.transaction(async (tx) => {
    const [progress] = await tx
      .select()
      .from(retentionProgress)
      .where(eq(retentionProgress.kind, kind))
      .for("update", { skipLocked: true });
    if (!progress) return 0;
    const late = await tx
      .selectDistinct({ id: calls.id })
      .from(events)
      .innerJoin(calls, eq(calls.id, events.callId))
      .where(
        and(
          gt(events.receivedAt, new Date(progress.seenUntil.getTime() - slackMs)),
          lte(calls.createdAt, progress.sweptUntil),
        ),
      );
    await scrubCalls(
      tx,
      kind,
      late.map(({ id }) => id),
    );
    await tx.update(retentionProgress).set({ seenUntil: sql`now()` }).where(eq(retentionProgress.kind, kind));
    return late.length;
  });
}
