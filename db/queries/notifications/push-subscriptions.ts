import { and, desc, eq, gt, inArray, notInArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { pushSubscriptions } from "@/db/schema/alerts";
import { sessions, users } from "@/db/schema/auth";

/** A session belongs to one browser, which has one subscription at a time. The bound keeps a script from adding thousands. */
const mostPerSession = 10;

/** Stores a device's subscription and assigns it to this session, whichever session had it before. */
export async function savePushSubscription(
  db: Pick<Database, "insert" | "delete" | "select">,
  subscription: Pick<typeof pushSubscriptions.$inferInsert, "id" | "sessionId" | "sealedSubscription">,
): Promise<void> {
  const { sessionId, sealedSubscription } = subscription;
  await db
    .insert(pushSubscriptions)
    .values(subscription)
    .onConflictDoUpdate({
      target: pushSubscriptions.id,
      set: { sessionId, sealedSubscription, createdAt: sql`now()` },
    });
  const kept = db
    .select({ id: pushSubscriptions.id })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.sessionId, sessionId))
    .orderBy(desc(pushSubscriptions.createdAt))
    .limit(mostPerSession);
  await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.sessionId, sessionId), notInArray(pushSubscriptions.id, kept)));
}

/** Better Auth deletes a session only when its browser returns. */
export const isUnexpired = gt(sessions.expiresAt, sql`now()`);

/**
 * Devices to notify: those whose session is valid and whose user is not blocked.
 * @param userId only this user's; omitted, everyone's
 */
export async function listPushSubscriptions(db: Pick<Database, "select">, userId?: string) {
  return db
    .select({ id: pushSubscriptions.id, sealedSubscription: pushSubscriptions.sealedSubscription })
    .from(pushSubscriptions)
    .innerJoin(sessions, and(eq(sessions.id, pushSubscriptions.sessionId), isUnexpired))
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.banned, false)))
    .where(userId === undefined ? undefined : eq(sessions.userId, userId));
}

/** @param userId deletes only this user's subscription; omitted, anyone's */
export async function removePushSubscription(
  db: Pick<Database, "delete" | "select">,
  id: string,
  userId?: string,
): Promise<boolean> {
  const own = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(userId === undefined ? undefined : eq(sessions.userId, userId));
  const removed = await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.id, id), inArray(pushSubscriptions.sessionId, own)))
    .returning({ id: pushSubscriptions.id });
  return removed.length > 0;
}
