import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { accounts, passkeys, sessions, users } from "@/db/schema/auth";
import type { Role } from "@/lib/auth/roles";

type NewPerson = {
  email: string;
  name: string;
  role: Role;
  /** better-auth's hash of the password. */
  passwordHash: string;
  /** The first person of all; the database allows only one. */
  founder?: boolean;
};

/**
 * Creates a person who signs in with a password; null when the address is taken or the founder exists already. The address
 * counts as verified: an admin named it, or the person runs the server.
 * @param db a transaction: two rows belong together
 */
export async function createPerson(
  db: Pick<Database, "insert">,
  { email, name, role, passwordHash, founder = false }: NewPerson,
): Promise<{ id: string } | null> {
  const id = randomUUID();
  const made = await db
    .insert(users)
    .values({ id, email: email.toLowerCase(), name, role, founder, emailVerified: true })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (made.length === 0) return null;

  await db.insert(accounts).values({
    id: randomUUID(),
    userId: id,
    accountId: id,
    providerId: "credential",
    password: passwordHash,
  });
  return { id };
}

/** Identifies a person. */
export type Who = { id: string } | { email: string };

/** A person's id and address as stored, or null. */
export async function findIdentity(
  db: Pick<Database, "select">,
  who: Who,
): Promise<{ id: string; email: string } | null> {
  const isTheOne = "id" in who ? eq(users.id, who.id) : eq(users.email, who.email.trim().toLowerCase());
  const [user] = await db.select({ id: users.id, email: users.email }).from(users).where(isTheOne);
  return user ?? null;
}

/** A person's address as stored, or null. */
export async function findEmail(db: Pick<Database, "select">, who: Who): Promise<string | null> {
  return (await findIdentity(db, who))?.email ?? null;
}

/** The address of the longest-standing admin who may sign in, or null. */
export async function findFirstAdmin(db: Pick<Database, "select">): Promise<string | null> {
  const [admin] = await db
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.banned, false)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1);
  return admin?.email ?? null;
}

/** Whether a person can sign in with a password, not only through an identity provider. */
export async function hasPassword(db: Pick<Database, "select">, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, "credential")));
  return rows.length > 0;
}

/** Whether any account exists. */
export async function hasPeople(db: Pick<Database, "select">): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** Whether an account with this address exists. */
export async function isMember(db: Pick<Database, "select">, email: string): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).where(eq(users.email, email.toLowerCase()));
  return rows.length > 0;
}

/** Everyone with an account, by name, with their number of open sessions. */
export async function listPeople(db: Pick<Database, "select">) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      blocked: users.banned,
      createdAt: users.createdAt,
      hasSecondFactor: sql<boolean>`${users.twoFactorEnabled} or exists (
        select 1 from ${passkeys} where ${passkeys.userId} = ${users.id})`,
      sessions: sql<number>`count(${sessions.id}) filter (where ${gt(sessions.expiresAt, sql`now()`)})::int`,
      lastSeenAt: sql<Date | null>`max(${sessions.updatedAt})`.mapWith(sessions.updatedAt),
    })
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .groupBy(users.id)
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

/** A person's open sessions, most recently used first, without their tokens. */
export async function listSessions(db: Pick<Database, "select">, userId: string) {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      updatedAt: sessions.updatedAt,
      expiresAt: sessions.expiresAt,
      ipAddress: sessions.ipAddress,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.updatedAt));
}

/**
 * Locks a person until the transaction ends, and returns whether they are the last admin who can sign in. All admins are
 * locked first, in one order, so that two admins who demote each other cannot both succeed.
 * @param tx a transaction
 */
export async function lockPerson(tx: Pick<Database, "select">, id: string) {
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.banned, false)))
    .orderBy(asc(users.id))
    .for("update");
  const [person] = await tx
    .select({ id: users.id, email: users.email, role: users.role, blocked: users.banned })
    .from(users)
    .where(eq(users.id, id))
    .for("update");
  if (!person) return null;
  return { ...person, isLastAdmin: admins.length === 1 && admins[0]?.id === id };
}

/** Ends all sessions of a person, or one of them. Returns how many. */
export async function revokeSessions(
  db: Pick<Database, "delete">,
  userId: string,
  sessionId?: string,
): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), sessionId === undefined ? undefined : eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  return ended.length;
}

export async function deletePerson(tx: Pick<Database, "delete">, id: string): Promise<void> {
  await tx.delete(users).where(eq(users.id, id));
}

export async function changePerson(
  tx: Pick<Database, "update">,
  id: string,
  change: { banned: boolean } | { role: Role },
): Promise<void> {
  await tx
    .update(users)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(users.id, id));
}
