import "server-only";
import { and, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isLive } from "@/db/queries/control";
import { newestFirst } from "@/db/rows";
import { apiKeys, auditLog, sessions, users } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { callListeners } from "@/db/schema/control";
import type { By } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/roles";

interface NewListener {
  /** Identifies a listener across several streams. */
  id: string;
  callId: string;
  stream: string;
  holderKind: "person" | "api-key";
  holderId: string;
  by: By;
}

/** How long a listener counts without a renewal by its process. */
export const leaseMs = 15_000;

const leaseUntil = sql`now() + make_interval(secs => ${leaseMs / 1000})`;

/**
 * Adds a listener to a call unless `most` others listen, counted over all processes. `new`: a new listener; `continued`:
 * another stream of the same listener; `taken`: the id belongs to someone else.
 */
export async function claimListener(
  db: Database,
  listener: NewListener,
  most: number,
): Promise<"new" | "continued" | "full" | "taken"> {
  const { callId, id, stream, holderId } = listener;
  return db.transaction(async (tx) => {
    // One at a time per call, so that concurrent requests cannot both pass the limit.
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

interface CheckedListener extends Record<string, unknown> {
  stream: string;
  isLive: boolean;
  /** Whether their session or key is valid and its role may listen. */
  isAllowed: boolean;
}

/** Renews the leases of these streams and returns their state; streams that have ended or been taken over are missing. */
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

/** Removes a stream's listener; null when another stream has taken over. */
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

/** Why a listener was ended within the last minute, by any process; null when it was not. */
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

/** Removes listeners whose process has died; they count until its last renewal. */
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
