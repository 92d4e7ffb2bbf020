import { eq, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { signInAttempts } from "@/db/schema/sign-in-attempts";

/** Forgets windows that have long passed. A quarter hour is the longest (lib/auth/sign-in-lockout.ts). */
export async function deleteOldSignInAttempts(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(signInAttempts).where(lt(signInAttempts.since, sql`now() - interval '1 hour'`));
}

/** Forgets the wrong passwords of one address: after a right one, or a reset. */
export async function clearSignInAttempts(db: Pick<Database, "delete">, emailHash: string): Promise<void> {
  await db.delete(signInAttempts).where(eq(signInAttempts.emailHash, emailHash));
}
