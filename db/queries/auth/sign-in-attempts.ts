import { eq, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { signInAttempts } from "@/db/schema/auth";

type AttemptWindow = { maxAttempts: number; windowMs: number };

export type Attempt = { allowed: true } | { allowed: false; retryAfterSeconds: number; first: boolean };

/**
 * Counts a sign-in with a password before the password is checked, so that parallel guesses count as well. An expired window
 * starts again. `first`: whether this is the first attempt beyond the limit.
 */
export async function claimSignInAttempt(
  db: Pick<Database, "insert">,
  emailHash: string,
  { maxAttempts, windowMs }: AttemptWindow,
): Promise<Attempt> {
  const { attempts, since } = signInAttempts;
  const isOver = sql`${since} < now() - ${windowMs} * interval '1 millisecond'`;
  const [row] = await db
    .insert(signInAttempts)
    .values({ emailHash, attempts: 1, since: sql`now()` })
    .onConflictDoUpdate({
      target: signInAttempts.emailHash,
      set: {
        attempts: sql`case when ${isOver} then 1 else ${attempts} + 1 end`,
        since: sql`case when ${isOver} then now() else ${since} end`,
      },
    })
    .returning({ attempts, since });

  if (!row || row.attempts <= maxAttempts) return { allowed: true };
  const retryAfterSeconds = Math.max(1, Math.ceil((row.since.getTime() + windowMs - Date.now()) / 1000));
  return { allowed: false, retryAfterSeconds, first: row.attempts === maxAttempts + 1 };
}

/** Deletes expired windows. The longest is a quarter hour (lib/auth/server/lockout.ts). */
export async function deleteOldSignInAttempts(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(signInAttempts).where(lt(signInAttempts.since, sql`now() - interval '1 hour'`));
}

/** Clears the failed attempts of an address, after a correct password or a reset. */
export async function clearSignInAttempts(db: Pick<Database, "delete">, emailHash: string): Promise<void> {
  await db.delete(signInAttempts).where(eq(signInAttempts.emailHash, emailHash));
}
