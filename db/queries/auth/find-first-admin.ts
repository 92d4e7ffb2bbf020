import { and, asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";

/** The address of the admin who has been here longest and may sign in, or null. */
export async function findFirstAdmin(db: Pick<Database, "select">): Promise<string | null> {
  const [admin] = await db
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.banned, false)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1);
  return admin?.email ?? null;
}
