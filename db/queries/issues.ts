import "server-only";
import { and, asc, eq, gte, isNull, lt, ne, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { events } from "@/db/schema/events";
import { type VapiIssueRow, vapiIssues } from "@/db/schema/issues";
import type { Issue } from "@/lib/issues/issue";

type Reader = Pick<Database, "select">;

/** `issue.created` messages of the last day whose issue is not stored yet, oldest first. */
export async function listUnreadIssueMessages(db: Reader): Promise<(typeof events.$inferSelect)[]> {
  const known = db
    .select({ one: sql`1` })
    .from(vapiIssues)
    .where(sql`${vapiIssues.id} = ${events.message} #>> '{issue,id}'`);
  return db
    .select()
    .from(events)
    .where(
      and(
        // Events without a call have an index of their own.
        isNull(events.callId),
        eq(events.type, "issue.created"),
        eq(events.outcome, "recorded"),
        gte(events.receivedAt, sql`now() - interval '1 day'`),
        notExists(known),
      ),
    )
    .orderBy(asc(events.receivedAt))
    .limit(100);
}

/** Returns false if the issue is already stored. */
export async function insertIssue(tx: Pick<Database, "insert">, row: VapiIssueRow): Promise<boolean> {
  const inserted = await tx
    .insert(vapiIssues)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: vapiIssues.id });
  return inserted.length > 0;
}

/** Returns the row before the change, or null unless the stored description is older than this one. */
export async function updateIssue(
  tx: Pick<Database, "select" | "update">,
  { id, ...columns }: Partial<VapiIssueRow> & Pick<VapiIssueRow, "id" | "updatedAt">,
): Promise<VapiIssueRow | null> {
  const [before] = await tx
    .select()
    .from(vapiIssues)
    .where(and(eq(vapiIssues.id, id), lt(vapiIssues.updatedAt, columns.updatedAt)))
    .for("update");
  if (!before) return null;
  await tx.update(vapiIssues).set(columns).where(eq(vapiIssues.id, id));
  return before;
}

/** Deletes issues resolved more than a year ago, and their notifications. Open ones stay. */
export async function deleteOldIssues(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(vapiIssues).where(lt(vapiIssues.resolvedAt, sql`now() - interval '365 days'`));
}

/** Issues, newest first: unresolved ones, or all. */
export async function listIssues(db: Reader, state: "open" | "all"): Promise<Issue[]> {
  const rows = await db
    .select()
    .from(vapiIssues)
    .where(state === "open" ? isNull(vapiIssues.resolvedAt) : undefined)
    .orderBy(newestFirst(vapiIssues.createdAt), vapiIssues.id)
    .limit(200);
  return rows.map(toIssue);
}

export async function findIssue(db: Reader, id: string): Promise<Issue | null> {
  const [row] = await db.select().from(vapiIssues).where(eq(vapiIssues.id, id));
  return row ? toIssue(row) : null;
}

/**
 * Ids of some issues to ask Vapi about, drawn at random: however many are open and however often this runs, each is asked about
 * in time, and none that Vapi cannot describe holds up the others.
 */
export async function listIssuesToFollow(db: Reader): Promise<string[]> {
  const rows = await db
    .select({ id: vapiIssues.id })
    .from(vapiIssues)
    .where(
      and(
        isNull(vapiIssues.resolvedAt),
        ne(vapiIssues.status, "resolved"),
        gte(vapiIssues.createdAt, sql`now() - interval '30 days'`),
      ),
    )
    .orderBy(sql`random()`)
    .limit(20);
  return rows.map(({ id }) => id);
}

function toIssue(row: VapiIssueRow): Issue {
  const { id, severity, status, callsCount, totalCalls, callIds } = row;
  return {
    id,
    monitor: { id: row.monitorId, name: row.monitorName },
    severity,
    status,
    callsCount,
    totalCalls,
    evaluatedFrom: row.evaluatedFrom?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    callIds,
    createdAt: row.createdAt.toISOString(),
    acknowledged: toDone(row.acknowledgedBy, row.acknowledgedAt),
    resolved: toDone(row.resolvedBy, row.resolvedAt),
  };
}

const toDone = (by: string | null, at: Date | null) => at && { by: by ?? "Vapi", at: at.toISOString() };
