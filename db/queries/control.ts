import "server-only";
import { and, asc, eq, inArray, lt, notInArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { MonitorFact } from "@/db/queries/record/facts";
import { joinMonitor } from "@/db/queries/record/record-statement";
import { newestFirst } from "@/db/rows";
import { preferences } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { callMonitors, operatorActions } from "@/db/schema/control";
import { liveStatuses } from "@/lib/calls/call";
import type { OperatorAction } from "@/lib/control/action";

/** The condition for live calls. */
export const isLive = inArray(calls.status, [...liveStatuses]);

/** The status, customer name and stored monitoring facts of those of these calls that exist. */
export function findMonitored(db: Pick<Database, "select">, callIds: readonly string[]) {
  return db
    .select({
      callId: calls.id,
      status: calls.status,
      customerName: calls.customerName,
      monitor: callMonitors,
    })
    .from(calls)
    .leftJoin(callMonitors, eq(callMonitors.callId, calls.id))
    .where(inArray(calls.id, [...callIds]));
}

/** Stores what Vapi's API reports about monitoring a live call. Returns the merged facts. */
export async function saveMonitor(
  db: Pick<Database, "execute" | "select">,
  callId: string,
  monitor: MonitorFact,
): Promise<MonitorFact> {
  const { sealedControlUrl, sealedListenUrl, isControlOff, isListenOff, digest } = monitor;
  await db.execute(sql`
    insert into ${callMonitors} as m (call_id, sealed_control_url, sealed_listen_url, is_control_off, is_listen_off, digest)
    select ${calls.id}, ${sealedControlUrl}::text, ${sealedListenUrl}::text, ${isControlOff}::boolean, ${isListenOff}::boolean, ${digest}::text
    from ${calls} where ${calls.id} = ${callId} and ${isLive}
    ${joinMonitor}
  `);
  const [kept] = await db.select().from(callMonitors).where(eq(callMonitors.callId, callId));
  return kept ?? monitor;
}

/** Deletes monitoring URLs of ended calls, left behind when the end and another event were recorded concurrently. */
export async function deleteEndedMonitors(db: Pick<Database, "delete" | "select">): Promise<void> {
  const live = db.select({ id: calls.id }).from(calls).where(isLive);
  await db.delete(callMonitors).where(notInArray(callMonitors.callId, live));
}

type ActionRow = typeof operatorActions.$inferSelect;

export function toOperatorAction(row: ActionRow): OperatorAction {
  const { id, callId, action, actorId, actorName, at, text, target, outcome, detail } = row;
  return {
    id,
    callId,
    action,
    by: { id: actorId, name: actorName },
    at: at.toISOString(),
    text,
    target,
    outcome,
    detail,
  };
}

/** The actions on a call, oldest first. */
export async function listActions(db: Pick<Database, "select">, callId: string): Promise<OperatorAction[]> {
  const rows = await db
    .select()
    .from(operatorActions)
    .where(eq(operatorActions.callId, callId))
    .orderBy(asc(operatorActions.at), asc(operatorActions.id));
  return rows.map(toOperatorAction);
}

export async function findAction(db: Pick<Database, "select">, id: string): Promise<ActionRow | null> {
  const [row] = await db.select().from(operatorActions).where(eq(operatorActions.id, id));
  return row ?? null;
}

type NewAction = Pick<
  ActionRow,
  "id" | "callId" | "asked" | "action" | "actorId" | "actorName" | "by" | "text" | "target"
>;

/** Claims an action: of all requests with its id, one gets the row and may call Vapi; the others get null. */
export async function claimAction(
  db: Pick<Database, "insert">,
  action: NewAction,
  expiresInMs: number,
): Promise<ActionRow | null> {
  const [claimed] = await db
    .insert(operatorActions)
    .values({ ...action, expiresAt: sql`now() + make_interval(secs => ${expiresInMs / 1000})` })
    .onConflictDoNothing()
    .returning();
  return claimed ?? null;
}

/** Records the outcome of a claimed action once; null if it already has one. */
export async function settleAction(
  db: Pick<Database, "update">,
  id: string,
  went: Pick<ActionRow, "outcome" | "detail" | "status">,
): Promise<ActionRow | null> {
  const [settled] = await db
    .update(operatorActions)
    .set(went)
    .where(and(eq(operatorActions.id, id), eq(operatorActions.outcome, "pending")))
    .returning();
  return settled ?? null;
}

/**
 * Settles expired actions, one or all, as unknown: the process that sent them has died. Each action is returned to only one
 * of several concurrent callers.
 */
export function settleExpiredActions(
  db: Pick<Database, "update">,
  detail: string,
  id?: string,
): Promise<ActionRow[]> {
  return db
    .update(operatorActions)
    .set({ outcome: "unknown", detail })
    .where(
      and(
        eq(operatorActions.outcome, "pending"),
        lt(operatorActions.expiresAt, sql`now()`),
        id === undefined ? undefined : eq(operatorActions.id, id),
      ),
    )
    .returning();
}

/** Assistants of this many latest calls count as recent. */
const recentCalls = 2_000;

/** Assistants that answered recently, by name. */
export async function listRecentAssistants(
  db: Pick<Database, "select" | "selectDistinctOn">,
): Promise<{ id: string; name: string }[]> {
  const recent = db
    .select({ id: calls.assistantId, name: calls.assistantName, at: calls.createdAt })
    .from(calls)
    .orderBy(newestFirst(calls.createdAt), calls.id)
    .limit(recentCalls)
    .as("recent");
  const rows = await db
    .selectDistinctOn([recent.id], { id: recent.id, name: recent.name })
    .from(recent)
    .where(sql`${recent.id} is not null`)
    .orderBy(recent.id, sql`${recent.name} is null`, newestFirst(recent.at));
  return rows
    .flatMap(({ id, name }) => (id === null ? [] : [{ id, name: name ?? id }]))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const numberPreference = "own-number";

/** A person's own phone number for taking over calls; null when not set. */
export async function readOwnNumber(db: Pick<Database, "select">, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ value: preferences.value })
    .from(preferences)
    .where(and(eq(preferences.userId, userId), eq(preferences.name, numberPreference)));
  return typeof row?.value === "string" ? row.value : null;
}

export async function writeOwnNumber(
  db: Pick<Database, "insert" | "delete">,
  userId: string,
  number: string | null,
): Promise<void> {
  const isOwn = and(eq(preferences.userId, userId), eq(preferences.name, numberPreference));
  if (number === null) {
    await db.delete(preferences).where(isOwn);
    return;
  }
  await db
    .insert(preferences)
    .values({ userId, name: numberPreference, value: number })
    .onConflictDoUpdate({ target: [preferences.userId, preferences.name], set: { value: number } });
}
