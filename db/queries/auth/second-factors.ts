import { and, asc, count, eq, exists, inArray, not, or, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { passkeys, sessions, twoFactors, users } from "@/db/schema/auth";
import type { Role } from "@/lib/auth/roles";
import type { SecondFactors } from "@/lib/auth/second-factor";

/** The second factors a person has set up. */
export async function findSecondFactors(
  db: Pick<Database, "select">,
  userId: string,
): Promise<SecondFactors> {
  const [found] = await db
    .select({ hasApp: users.twoFactorEnabled, passkeys: count(passkeys.id) })
    .from(users)
    .leftJoin(passkeys, eq(passkeys.userId, users.id))
    .where(eq(users.id, userId))
    .groupBy(users.id);
  return found ?? { hasApp: false, passkeys: 0 };
}

/** A person's passkeys, oldest first, without their keys. */
export async function listPasskeys(db: Pick<Database, "select">, userId: string) {
  return db
    .select({ id: passkeys.id, name: passkeys.name, aaguid: passkeys.aaguid, createdAt: passkeys.createdAt })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
}

/** Marks a session as confirmed with a second factor. */
export async function confirmSession(db: Pick<Database, "update">, sessionId: string): Promise<void> {
  await db.update(sessions).set({ secondFactor: true }).where(eq(sessions.id, sessionId));
}

/** Ends a person's sessions without a second factor. Returns how many. */
export async function endUnconfirmedSessions(db: Pick<Database, "delete">, userId: string): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.secondFactor, false)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Ends all sessions without a second factor of people with these roles. Returns how many. */
export async function endUnconfirmedSessionsOf(
  db: Pick<Database, "delete" | "select">,
  roles: readonly Role[],
): Promise<number> {
  const people = db
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.role, [...roles]));
  const ended = await db
    .delete(sessions)
    .where(and(inArray(sessions.userId, people), eq(sessions.secondFactor, false)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Marks a person's sessions as unconfirmed once their last second factor is gone. */
export async function forgetConfirmations(
  db: Pick<Database, "select" | "update">,
  userId: string,
): Promise<void> {
  await db
    .update(sessions)
    .set({ secondFactor: false })
    .where(and(eq(sessions.userId, userId), not(hasSecondFactor(db, userId))));
}

/**
 * Removes all second factors of a person.
 * @param tx a transaction
 */
export async function deleteSecondFactors(
  tx: Pick<Database, "delete" | "update">,
  userId: string,
): Promise<void> {
  await tx.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, userId));
  await tx.delete(twoFactors).where(eq(twoFactors.userId, userId));
  await tx.delete(passkeys).where(eq(passkeys.userId, userId));
}

function hasSecondFactor(db: Pick<Database, "select">, userId: string): SQL {
  const app = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.twoFactorEnabled, true)));
  const passkey = db.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, userId));
  // Drizzle's type allows undefined, but two conditions never give an empty one.
  return or(exists(app), exists(passkey)) as SQL;
}
