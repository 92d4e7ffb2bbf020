import "server-only";
import type { Database } from "@/db/client";
import { createInvitation } from "@/db/queries/auth/create-invitation";
import { isMember } from "@/db/queries/auth/is-member";
import { recordAudit } from "@/db/queries/auth/record-audit";
import type { By } from "@/lib/audit/audit";
import { createSecret } from "@/lib/auth/create-secret";
import { hashSecret } from "@/lib/auth/hash-secret";
import type { InvitationInput } from "@/lib/auth/people/invitation-schema";
import { env } from "@/lib/env";

const lifetimeMs = 7 * 24 * 60 * 60_000;

/**
 * Keeps a place for an address and returns the link that opens it, once, within seven days; null when somebody with
 * that address is in already. The link is seen here only: what is kept is its hash.
 */
export async function invitePerson(
  db: Database,
  { email, role }: InvitationInput,
  by: By,
): Promise<string | null> {
  if (await isMember(db, email)) return null;
  const token = createSecret();
  await db.transaction(async (tx) => {
    await createInvitation(tx, {
      email,
      role,
      tokenHash: hashSecret(token),
      invitedBy: by.actor.name,
      expiresAt: new Date(Date.now() + lifetimeMs),
    });
    await recordAudit(tx, { ...by, action: "person.invited", target: email, detail: { role } });
  });
  return `${env.APP_URL}/invite/${token}`;
}
