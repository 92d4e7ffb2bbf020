import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations } from "@/db/schema/auth";
import type { Role } from "@/lib/auth/roles";

/**
 * Claims an open invitation: of two concurrent claims, only one succeeds.
 * @param by the hash of the link's token, or an address verified by an identity provider
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

type NewInvitation = {
  email: string;
  role: Role;
  tokenHash: string;
  invitedBy: string;
  expiresAt: Date;
};

/** Creates an invitation for an address. It replaces an open one, whose link stops working. */
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

/** The open invitation of a link, or null. */
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

/** Invitations that were neither accepted nor revoked, newest first; some may have expired. */
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

/**
 * Revokes an open invitation; null when it is not open.
 * @param id a UUID
 */
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
