import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { signInAttempts } from "@/db/schema/sign-in-attempts";

/** Forgets the wrong passwords of one address: after a right one, or a reset. */
export async function clearSignInAttempts(db: Pick<Database, "delete">, emailHash: string): Promise<void> {
  await db.delete(signInAttempts).where(eq(signInAttempts.emailHash, emailHash));
}
