import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { accounts, users } from "@/db/schema/auth";
import type { Role } from "@/lib/auth/roles";

export type NewPerson = {
  email: string;
  name: string;
  role: Role;
  /** better-auth's hash of the password. */
  passwordHash: string;
  /** The first person of all; the database takes one only. */
  founder?: boolean;
};

/**
 * A person who signs in with a password; null when the address is taken, or the founder exists already.
 * Their address counts as verified: an admin named it, or they run the server.
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
