import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations } from "@/db/schema/invitations";

/** Withdraws an open invitation; null when it is not open (any more). @param id a UUID */
export async function revokeInvitation(
  db: Pick<Database, "update">,
  id: string,
): Promise<{ email: string } | null> {
  const [revoked] = await db
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
    .returning({ email: invitations.email });
  return revoked ?? null;
}
