import { and, asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";

/**
 * A person, held still until the transaction ends, and whether they are the last admin who can sign in. All admins
 * are locked first and in one order, so that two admins who demote each other at the same moment cannot both succeed.
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
