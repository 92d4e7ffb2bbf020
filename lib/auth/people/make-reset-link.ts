import "server-only";
import type { Database } from "@/db/client";
import { findEmail, type Who } from "@/db/queries/auth/find-email";
import { recordAudit } from "@/db/queries/auth/record-audit";
import type { By } from "@/lib/audit/audit";
import { mintResetLink } from "@/lib/auth/mint-reset-link";

/** A password reset link for an admin to hand over, where mail is not set up or does not arrive; null for nobody. */
export async function makeResetLink(db: Database, who: Who, by: By): Promise<string | null> {
  const email = await findEmail(db, who);
  if (!email) return null;
  await recordAudit(db, { ...by, action: "reset-link.created", target: email });
  return mintResetLink(db, email);
}
