import "server-only";
import { and, asc, eq, gt, inArray, lt, notInArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { MonitorFact } from "@/db/queries/record/facts";
import { joinMonitor } from "@/db/queries/record/record-statement";
import { newestFirst } from "@/db/rows";
import { apiKeys, auditLog, preferences, sessions, users } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { callListeners, callMonitors, operatorActions } from "@/db/schema/control";
import type { By } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/roles";
import { liveStatuses } from "@/lib/calls/call";
import type { OperatorAction } from "@/lib/control/action";

const isLive = inArray(calls.status, [...liveStatuses]);

/** A call's state, and what is known of how it is supervised; null when there is no such call. */
export async function findMonitored(db: Pick<Database, "select">, callId: string) {
  const [found] = await db
    .select({ status: calls.status, customerName: calls.customerName, monitor: callMonitors })
    .from(calls)
    .leftJoin(callMonitors, eq(callMonitors.callId, calls.id))
    .where(eq(calls.id, callId));
  return found ?? null;
}

/** Keeps what Vapi's API says of a call, while it lives. Returns what is known of it now. */
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

/** Deletes URLs of calls that have ended: what two processes that recorded the end and an event at once may have left. */
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

/** What people have done on a call, oldest first. */
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

/** Claims an action. Of all who bring its id, in any process and at any time, one gets the row: it alone may ask Vapi. */
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

/** Writes down how a claimed action went, once; null where that has been done. */
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

/** Gives up actions whose sender has died, all or one. Each is returned to one of those who try. */
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

/** So many calls back, assistants count as in use. */
const recentCalls = 2_000;

/** Assistants that have answered lately, by name. */
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

/** A person's own number, to take calls over with; null while none is set. */
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

export interface NewListener {
  /** One listening, over several streams. */
  id: string;
  callId: string;
  stream: string;
  holderKind: "person" | "api-key";
  holderId: string;
  by: By;
}

/** How long a listener stands without a word of its process. */
export const leaseMs = 15_000;

const leaseUntil = sql`now() + make_interval(secs => ${leaseMs / 1000})`;

/**
 * Lets one more listen to a call, unless `most` others do, counted over every process. `new`: a listening that begins;
 * `continued`: another stream of one that goes on; `taken`: somebody else's id.
 */
export async function claimListener(
  db: Database,
  listener: NewListener,
  most: number,
): Promise<"new" | "continued" | "full" | "taken"> {
  const { callId, id, stream, holderId } = listener;
  return db.transaction(async (tx) => {
    // One at a time for each call, so that two who come at once do not both count the same.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`listen ${callId}`}, 0))`);
    const others = await tx.$count(
      callListeners,
      sql`${callListeners.callId} = ${callId} and ${callListeners.id} <> ${id} and ${callListeners.leaseUntil} > now()`,
    );
    if (others >= most) return "full";
    const [kept] = await tx
      .insert(callListeners)
      .values({ ...listener, leaseUntil })
      .onConflictDoUpdate({
        target: callListeners.id,
        set: { stream, leaseUntil },
        setWhere: sql`${callListeners.callId} = ${callId} and ${callListeners.holderId} = ${holderId}`,
      })
      .returning({ isNew: sql<boolean>`xmax = 0` });
    if (!kept) return "taken";
    return kept.isNew ? "new" : "continued";
  });
}

export interface CheckedListener extends Record<string, unknown> {
  stream: string;
  isLive: boolean;
  /** Their session or key is there, in time and not blocked, and its role may listen. */
  isAllowed: boolean;
}

/** Renews the leases of these streams, and tells how each stands; of those that are gone or taken over nothing. */
export async function checkListeners(
  db: Pick<Database, "execute">,
  streams: readonly string[],
  roles: readonly Role[],
): Promise<CheckedListener[]> {
  const mayListen = (column: SQL) => sql`${column} = any(${sql.param(`{${roles.join(",")}}`)}::text[])`;
  const isHeldBy = sql`${callListeners.holderId}`;
  return db.execute<CheckedListener>(sql`
    update ${callListeners} set lease_until = ${leaseUntil}
    where ${callListeners.stream} = any(${`{${streams.join(",")}}`}::uuid[])
    returning ${callListeners.stream} as "stream",
      exists (select from ${calls} where ${calls.id} = ${callListeners.callId} and ${isLive}) as "isLive",
      case ${callListeners.holderKind} when 'person' then exists (
        select from ${sessions} join ${users} on ${users.id} = ${sessions.userId}
        where ${sessions.id} = ${isHeldBy} and ${sessions.expiresAt} > now() and not ${users.banned}
          and ${mayListen(sql`${users.role}`)}
      ) else exists (
        select from ${apiKeys} where ${apiKeys.id}::text = ${isHeldBy} and ${apiKeys.revokedAt} is null
          and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now()) and ${mayListen(sql`${apiKeys.role}`)}
      ) end as "isAllowed"
  `);
}

export type EndedListener = { id: string; callId: string; by: By; seconds: number };

const toEnded = {
  id: callListeners.id,
  callId: callListeners.callId,
  by: callListeners.by,
};

/** Takes a stream's listener out; null where another stream goes on with it. */
export async function endListener(
  db: Pick<Database, "delete">,
  stream: string,
): Promise<EndedListener | null> {
  const [ended] = await db
    .delete(callListeners)
    .where(eq(callListeners.stream, stream))
    .returning({ ...toEnded, seconds: secondsUntil(sql`now()`) });
  return ended ?? null;
}

/** Why a listening was ended within the last minute, by whichever process; null where it was not. */
export async function findEndedReason(
  db: Pick<Database, "select">,
  { callId, id }: Pick<NewListener, "callId" | "id">,
): Promise<string | null> {
  const { action, target, at, detail } = auditLog;
  const [ended] = await db
    .select({ reason: sql<string>`${detail} ->> 'reason'` })
    .from(auditLog)
    .where(
      and(
        eq(action, "listening.ended"),
        eq(target, callId),
        gt(at, sql`now() - interval '1 minute'`),
        sql`${detail} ->> 'listening' = ${id}`,
      ),
    )
    .orderBy(newestFirst(auditLog.id))
    .limit(1);
  return ended?.reason ?? null;
}

/** Takes out those whose process has died, as of when it was last heard of. */
export function endLostListeners(db: Pick<Database, "delete">): Promise<EndedListener[]> {
  return db
    .delete(callListeners)
    .where(lt(callListeners.leaseUntil, sql`now()`))
    .returning({
      ...toEnded,
      seconds: secondsUntil(sql`${callListeners.leaseUntil} - make_interval(secs => ${leaseMs / 1000})`),
    });
}

function secondsUntil(end: SQL) {
  return sql<number>`round(extract(epoch from ${end} - ${callListeners.startedAt}))::int`;
}
