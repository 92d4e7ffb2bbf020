import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type NotificationRow, notifications } from "@/db/schema/notifications";

/** What came of one attempt. `why` says it in words without secrets. */
export type Settlement =
  | { came: "sent" }
  | { came: "needless"; reason: string }
  /** Not an attempt after all: its time has not come. */
  | { came: "postponed"; until: Date }
  /** `pauseMs`: until the next attempt; null: there is none. */
  | { came: "failed"; why: string; pauseMs: number | null };

/** Writes down what came of an attempt, if this taker is still the last who took it. */
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

function toColumns(settlement: Settlement, attempts: number, failures: NotificationRow["failures"]) {
  const settledAt = sql`now()`;
  switch (settlement.came) {
    case "sent":
      return { state: "sent" as const, settledAt };
    case "needless":
      return { state: "needless" as const, settledAt, reason: settlement.reason, attempts: attempts - 1 };
    case "postponed":
      return { dueAt: settlement.until, attempts: attempts - 1 };
    case "failed": {
      const told = [...failures, { at: new Date().toISOString(), why: settlement.why }];
      if (settlement.pauseMs === null) return { state: "failed" as const, settledAt, failures: told };
      return { failures: told, dueAt: sql`now() + make_interval(secs => ${settlement.pauseMs / 1000})` };
    }
  }
}
