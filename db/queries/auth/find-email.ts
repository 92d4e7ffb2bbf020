import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";

/** A person by what is known of them. */
export type Who = { id: string } | { email: string };

/** The address of that person as it is kept, or null when there is no such person. */
export async function findEmail(db: Pick<Database, "select">, who: Who): Promise<string | null> {
  const isTheOne = "id" in who ? eq(users.id, who.id) : eq(users.email, who.email.trim().toLowerCase());
  const [user] = await db.select({ email: users.email }).from(users).where(isTheOne);
  return user?.email ?? null;
}
