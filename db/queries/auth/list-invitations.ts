import { and, desc, isNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations } from "@/db/schema/invitations";

/** Invitations nobody has accepted or withdrawn, newest first; some may have expired. */
export async function listInvitations(db: Pick<Database, "select">) {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: invitations.invitedBy,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
    .orderBy(desc(invitations.createdAt));
}

export type OpenInvitation = Awaited<ReturnType<typeof listInvitations>>[number];
