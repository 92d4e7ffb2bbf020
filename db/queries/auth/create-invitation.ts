import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import type { Role } from "@/lib/auth/roles";

export type NewInvitation = {
  email: string;
  role: Role;
  tokenHash: string;
  invitedBy: string;
  expiresAt: Date;
};

/** Keeps a place for an address. An invitation still open for it is replaced: its link stops working. */
export async function createInvitation(
  db: Pick<Database, "insert">,
  { email, ...invitation }: NewInvitation,
): Promise<void> {
  await db
    .insert(invitations)
    .values({ email: email.toLowerCase(), ...invitation })
    .onConflictDoUpdate({
      target: invitations.email,
      targetWhere: sql`accepted_at is null and revoked_at is null`,
      set: { ...invitation, createdAt: sql`now()` },
    });
}
