import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";

/** Whether anybody can sign in yet. */
export async function hasPeople(db: Pick<Database, "select">): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}
