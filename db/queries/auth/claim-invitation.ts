import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import type { Role } from "@/lib/auth/roles";

/**
 * Takes an open invitation, once: of two who come at the same moment the database lets one through.
 * @param by the link's token hash, or the address an identity provider vouches for
 */
export async function claimInvitation(
  db: Pick<Database, "update">,
  by: { tokenHash: string } | { email: string },
): Promise<{ id: string; email: string; role: Role } | null> {
  const match =
    "tokenHash" in by
      ? eq(invitations.tokenHash, by.tokenHash)
      : eq(invitations.email, by.email.toLowerCase());
  const [claimed] = await db
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(
      and(
        match,
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: invitations.id, email: invitations.email, role: invitations.role });
  return claimed ?? null;
}
