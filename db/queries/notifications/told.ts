import "server-only";
import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callingEvents, type Told } from "@/db/queries/notifications/outbox";
import { notifications } from "@/db/schema/alerts";

/** What a channel has been told of an alert or incident that calls somebody to it. */
export interface ToldSoFar {
  isSent: boolean;
  /** Whether a sender is just telling it. */
  isSending: boolean;
  /** When it is to be told, where it still is. */
  dueAt: Date | null;
  /** What the receiver knows the first message by. */
  receipt: string | null;
}

export async function readToldSoFar(
  db: Pick<Database, "select">,
  told: Told,
  channelId: string,
): Promise<ToldSoFar> {
  const { state, dueAt, attempts, failures, receipt, createdAt } = notifications;
  const rows = await db
    .select({ state, dueAt, attempts, failures, receipt })
    .from(notifications)
    .where(
      and(
        isAbout(told),
        eq(notifications.channelId, channelId),
        inArray(notifications.event, [...callingEvents]),
      ),
    )
    .orderBy(asc(createdAt));
  const waiting = rows.filter((row) => row.state === "waiting");
  const [firstDue] = waiting.map((row) => row.dueAt).sort((a, b) => a.getTime() - b.getTime());
  return {
    isSent: rows.some((row) => row.state === "sent"),
    isSending: waiting.some((row) => row.attempts > row.failures.length),
    dueAt: firstDue ?? null,
    receipt: rows.find((row) => row.receipt !== null)?.receipt ?? null,
  };
}

function isAbout({ alertId, incidentId, issueId }: Told): SQL {
  if (alertId !== undefined) return eq(notifications.alertId, alertId);
  return incidentId === undefined
    ? eq(notifications.issueId, issueId)
    : eq(notifications.incidentId, incidentId);
}
