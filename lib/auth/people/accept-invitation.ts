import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { Database } from "@/db/client";
import { claimInvitation } from "@/db/queries/auth/claim-invitation";
import { createPerson } from "@/db/queries/auth/create-person";
import { findInvitation } from "@/db/queries/auth/find-invitation";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { hashSecret } from "@/lib/auth/hash-secret";

export type Acceptance = { token: string; name: string; password: string };

/**
 * Turns an open invitation into a person with a password; returns their address. Null when the invitation is used,
 * withdrawn, expired or was never made, or somebody with its address is in already.
 */
export async function acceptInvitation(
  db: Database,
  { token, name, password }: Acceptance,
  ip: string | null,
): Promise<string | null> {
  const tokenHash = hashSecret(token);
  // A password is slow to hash on purpose: not for everybody who sends a made-up token.
  if (!(await findInvitation(db, tokenHash))) return null;
  const passwordHash = await hashPassword(password);

  return db.transaction(async (tx) => {
    const invitation = await claimInvitation(tx, { tokenHash });
    if (!invitation) return null;
    const { email, role } = invitation;
    const made = await createPerson(tx, { email, name, role, passwordHash });
    if (!made) return null;
    const actor = { kind: "person", id: made.id, name: email } as const;
    await recordAudit(tx, { actor, action: "invitation.accepted", target: email, detail: { role }, ip });
    return email;
  });
}
