import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alertActs } from "@/db/schema/alert-acts";
import { alerts } from "@/db/schema/alerts";
import type { ActRequest, AlertActor } from "@/lib/alerts/alert";

/** An act ready to be kept: for an assignment, with the assignee's name. */
export interface Deed {
  alertId: string;
  request: ActRequest;
  by: AlertActor;
  at: Date;
  assignee: AlertActor | null;
}

/**
 * Does what somebody asked for, if it still can be done; of two at once, the database lets one through. False: too late.
 * Give a transaction that keeps the audit entry too.
 */
export async function actOnAlert(db: Pick<Database, "update" | "insert">, deed: Deed): Promise<boolean> {
  const { alertId, request, by, at, assignee } = deed;
  const won = await db
    .update(alerts)
    .set({ ...toColumns(deed), actsVersion: sql`${alerts.actsVersion} + 1` })
    .where(and(eq(alerts.id, alertId), condition(request)))
    .returning({ id: alerts.id });
  if (won.length === 0) return false;
  const text = "text" in request ? request.text : null;
  await db.insert(alertActs).values({ alertId, kind: request.kind, by, at, text, assignee });
  return true;
}

function condition(request: ActRequest): SQL | undefined {
  switch (request.kind) {
    case "acknowledge":
      return and(isNull(alerts.acknowledgedAt), isNull(alerts.resolvedAt));
    case "assign":
      return and(
        isNull(alerts.resolvedAt),
        sql`${alerts.assignee}->>'id' is not distinct from ${request.from}`,
      );
    case "snooze":
    case "resolve":
      return isNull(alerts.resolvedAt);
    case "note":
      return undefined;
  }
}

function toColumns({ request, by, at, assignee }: Deed) {
  switch (request.kind) {
    case "acknowledge":
      return { acknowledgedBy: by, acknowledgedAt: at };
    case "assign":
      return { assignee };
    case "snooze":
      return {
        snoozedUntil: request.minutes === 0 ? null : new Date(at.getTime() + request.minutes * 60_000),
      };
    case "resolve":
      return {
        resolvedBy: by,
        resolvedAt: at,
        acknowledgedBy: sql`coalesce(${alerts.acknowledgedBy}, ${sql.param(by, alerts.acknowledgedBy)})`,
        acknowledgedAt: sql`coalesce(${alerts.acknowledgedAt}, ${sql.param(at, alerts.acknowledgedAt)})`,
      };
    case "note":
      return {};
  }
}
