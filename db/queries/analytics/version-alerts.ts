import "server-only";
import { and, desc, eq, inArray, isNull, not, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toActions, toActionsState } from "@/db/queries/alerts/rows";
import { type ActionRecord, toActionRow, updateActed } from "@/db/queries/alerts/write";
import { openedBefore } from "@/db/rows";
import { callFigures, type VersionAlertRow, versionAlertActs, versionAlerts } from "@/db/schema/analytics";
import type { VersionAlert, VersionAlertList, VersionAlertListQuery } from "@/lib/analytics/version-alert";
import { incidentState } from "@/lib/incidents/incident";
import { toKeysetPage } from "@/lib/keyset";

type Reader = Pick<Database, "select">;

/** Well above the number of version alerts open at one time. */
const mostListed = 10_000;

const isOpen = and(isNull(versionAlerts.closedAt), isNull(versionAlerts.resolvedAt));

const inState = { open: isOpen, past: not(sql`(${isOpen})`) };

/** One keyset page of alerts about worse versions, newest first: open and unresolved ones, or past ones. */
export async function listVersionAlertPage(
  db: Reader,
  { state, cursor, limit }: VersionAlertListQuery,
): Promise<VersionAlertList> {
  const condition = and(inState[state], cursor && openedBefore(versionAlerts, cursor));
  const { page, nextCursor } = toKeysetPage(await listVersionAlerts(db, condition, limit + 1), limit);
  return { alerts: page, nextCursor };
}

/** All open alerts about worse versions, including resolved ones: the comparison goes on until the version is no longer worse. */
export function listUnclosedVersionAlerts(db: Reader): Promise<VersionAlert[]> {
  return listVersionAlerts(db, isNull(versionAlerts.closedAt));
}

/** Returns the alert with this id, open or past; null if there is none. */
export async function findVersionAlert(db: Reader, id: string): Promise<VersionAlert | null> {
  const [alert] = await listVersionAlerts(db, eq(versionAlerts.id, id));
  return alert ?? null;
}

async function listVersionAlerts(
  db: Reader,
  condition: SQL | undefined,
  limit = mostListed,
): Promise<VersionAlert[]> {
  const rows = await db
    .select()
    .from(versionAlerts)
    .where(condition)
    .orderBy(desc(versionAlerts.openedAt), versionAlerts.id)
    .limit(limit);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const acts = await db.select().from(versionAlertActs).where(inArray(versionAlertActs.versionAlertId, ids));
  return rows.map((row) => {
    const log = toActions(acts.filter(({ versionAlertId }) => versionAlertId === row.id));
    const { id, assistant, assistantName, version, baseline, calls, metrics, closedBecause } = row;
    const standing = {
      outcome: row.closedAt === null ? ("open" as const) : ("recovered" as const),
      acts: toActionsState(row, log),
    };
    return {
      id,
      state: incidentState(standing, Date.now()),
      ...standing,
      assistant,
      name: assistantName ?? assistant,
      version,
      baseline,
      calls,
      metrics,
      openedAt: row.openedAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      closedBecause,
    };
  });
}

/** Whether the version ever had an alert: each version gets at most one. */
export async function hasVersionAlert(
  db: Pick<Database, "$count">,
  { assistant, version }: Pick<VersionAlertRow, "assistant" | "version">,
): Promise<boolean> {
  const isTheirs = and(eq(versionAlerts.assistant, assistant), eq(versionAlerts.version, version));
  return (await db.$count(versionAlerts, isTheirs)) > 0;
}

/** Opens an alert unless the version ever had one. Of several concurrent callers, one gets its id, the others null. */
export async function openVersionAlert(
  db: Pick<Database, "insert">,
  row: Pick<
    VersionAlertRow,
    "assistant" | "version" | "assistantName" | "baseline" | "metrics" | "calls" | "openedAt"
  >,
): Promise<string | null> {
  const [opened] = await db
    .insert(versionAlerts)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: versionAlerts.id });
  return opened?.id ?? null;
}

/** Updates an open alert, or closes it. Returns false if it is already closed. */
export async function updateVersionAlert(
  db: Pick<Database, "update">,
  id: string,
  change: Partial<Pick<VersionAlertRow, "metrics" | "calls" | "closedAt" | "closedBecause">>,
): Promise<boolean> {
  const updated = await db
    .update(versionAlerts)
    .set(change)
    .where(and(eq(versionAlerts.id, id), isNull(versionAlerts.closedAt)))
    .returning({ id: versionAlerts.id });
  return updated.length > 0;
}

/** Performs an action if it is still possible. Returns false for a conflict. */
export async function updateVersionAlertActions(
  tx: Pick<Database, "update" | "insert">,
  action: ActionRecord,
): Promise<boolean> {
  if (!(await updateActed(tx, versionAlerts, action))) return false;
  await tx.insert(versionAlertActs).values({ versionAlertId: action.id, ...toActionRow(action) });
  return true;
}

/** Clears the notes on alerts about versions that handled these calls. */
export async function scrubVersionNotes(
  db: Pick<Database, "update" | "select">,
  callIds: readonly string[],
): Promise<void> {
  const theirs = db
    .select({ id: versionAlerts.id })
    .from(versionAlerts)
    .innerJoin(
      callFigures,
      and(eq(callFigures.assistant, versionAlerts.assistant), eq(callFigures.version, versionAlerts.version)),
    )
    .where(inArray(callFigures.callId, [...callIds]));
  await db
    .update(versionAlertActs)
    .set({ text: null })
    .where(inArray(versionAlertActs.versionAlertId, theirs));
}
