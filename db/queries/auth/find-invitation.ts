import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import type { Role } from "@/lib/auth/roles";

/** The open invitation a link leads to, or null. */
export async function findInvitation(
  db: Pick<Database, "select">,
  tokenHash: string,
): Promise<{ email: string; role: Role; invitedBy: string } | null> {
  const [invitation] = await db
    .select({ email: invitations.email, role: invitations.role, invitedBy: invitations.invitedBy })
    .from(invitations)
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    );
  return invitation ?? null;
}
