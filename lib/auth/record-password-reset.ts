import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { clientAddress } from "@/lib/auth/client-address";
import { forgiveSignInAttempts } from "@/lib/auth/sign-in-lockout";

/** A password was reset by its owner's link: say so, and open the door a lockout may have closed. */
export async function recordPasswordReset(
  db: Database,
  user: { id: string; email: string },
  request: Request | undefined,
): Promise<void> {
  await forgiveSignInAttempts(db, user.email);
  await recordAudit(db, {
    actor: { kind: "person", id: user.id, name: user.email },
    action: "password.reset",
    ip: request ? clientAddress(request.headers) : null,
  });
}
