import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { revokeInvitation } from "@/db/queries/auth/revoke-invitation";
import type { By } from "@/lib/audit/audit";

/** Closes an open invitation: its link stops working. False when it is not open. @param id a UUID */
export async function withdrawInvitation(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const revoked = await revokeInvitation(tx, id);
    if (!revoked) return false;
    await recordAudit(tx, { ...by, action: "invitation.revoked", target: revoked.email });
    return true;
  });
}
