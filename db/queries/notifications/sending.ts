import "server-only";
import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Destination, readDestinations } from "@/db/queries/notifications/recipients";
import { type NotificationRow, notifications } from "@/db/schema/alerts";

/** A sender that holds a notification longer than this counts as dead; sending times out long before. */
const leaseSeconds = 60;
const atOnce = 10;

export interface Claimed {
  notification: NotificationRow;
  channel: Destination;
}

/**
 * Claims due notifications, each for one sender at a time: rows locked by another are skipped, and a row becomes due again
 * after the lease if its sender dies.
 */
export async function claimNotifications(db: Database): Promise<Claimed[]> {
  const due = db.$with("due").as(
    db
      .select({ id: notifications.id })
      .from(notifications)
      .where(and(eq(notifications.state, "waiting"), lte(notifications.dueAt, sql`now()`)))
      .orderBy(asc(notifications.dueAt))
      .limit(atOnce)
      .for("update", { skipLocked: true }),
  );
  const taken = await db
    .with(due)
    .update(notifications)
    .set({
      dueAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
      attempts: sql`${notifications.attempts} + 1`,
    })
    .where(inArray(notifications.id, db.select({ id: due.id }).from(due)))
    .returning();
  if (taken.length === 0) return [];
  return readDestinations(db, taken);
}

/** Makes a failed or waiting notification due now. Returns false if there is none with this id. */
export async function retryNotification(db: Pick<Database, "update">, id: string): Promise<boolean> {
  const retried = await db
    .update(notifications)
    .set({ state: "waiting", dueAt: sql`now()`, settledAt: null })
    .where(and(eq(notifications.id, id), sql`${notifications.state} in ('failed', 'waiting')`))
    .returning({ id: notifications.id });
  return retried.length > 0;
}

/** The result of one attempt. `why` holds no secrets. */
export type Settlement =
  | { came: "sent"; receipt: string | null }
  | { came: "skipped"; reason: string }
  /** No attempt was made; it is due again at this time. */
  | { came: "postponed"; until: Date }
  /** `pauseMs`: until the next attempt; null gives up. */
  | { came: "failed"; why: string; pauseMs: number | null };

/** Records the result of an attempt, unless another sender has taken the notification since. */
export async function settleNotification(
  db: Pick<Database, "update">,
  { id, attempts, failures }: NotificationRow,
  settlement: Settlement,
): Promise<void> {
  await db
    .update(notifications)
    .set(toColumns(settlement, attempts, failures))
    .where(
      and(eq(notifications.id, id), eq(notifications.attempts, attempts), eq(notifications.state, "waiting")),
    );
}

/** Postponing always takes it off the due ones, even if this process's clock is behind the database's. */
function notBeforeNow(until: Date): SQL {
  return sql`greatest(${sql.param(until, notifications.dueAt)}, now() + interval '1 second')`;
}

function toColumns(settlement: Settlement, attempts: number, failures: NotificationRow["failures"]) {
  const settledAt = sql`now()`;
  switch (settlement.came) {
    case "sent":
      return { state: "sent" as const, settledAt, receipt: settlement.receipt };
    case "skipped":
      return { state: "skipped" as const, settledAt, reason: settlement.reason, attempts: attempts - 1 };
    case "postponed":
      return { dueAt: notBeforeNow(settlement.until), attempts: attempts - 1 };
    case "failed": {
      const allFailures = [...failures, { at: new Date().toISOString(), why: settlement.why }];
      if (settlement.pauseMs === null) return { state: "failed" as const, settledAt, failures: allFailures };
      return {
        failures: allFailures,
        dueAt: sql`now() + make_interval(secs => ${settlement.pauseMs / 1000})`,
      };
    }
  }
}
