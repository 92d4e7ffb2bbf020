import { asc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions, users } from "@/db/schema/auth";

/** Everybody who has an account, by name, and how many sessions each has open. */
export async function listPeople(db: Pick<Database, "select">) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      blocked: users.banned,
      createdAt: users.createdAt,
      sessions: sql<number>`count(${sessions.id}) filter (where ${gt(sessions.expiresAt, sql`now()`)})::int`,
      lastSeenAt: sql<Date | null>`max(${sessions.updatedAt})`.mapWith(sessions.updatedAt),
    })
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .groupBy(users.id)
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

export type ListedPerson = Awaited<ReturnType<typeof listPeople>>[number];
