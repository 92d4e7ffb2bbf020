import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { doNotCall } from "@/db/schema/do-not-call";
import type { By } from "@/lib/audit/audit";

/** Takes a number off the do-not-call list; false when it is not on it. */
export function unbarNumber(db: Database, numberHash: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(doNotCall)
      .where(eq(doNotCall.numberHash, numberHash))
      .returning({ hint: doNotCall.hint });
    if (!gone) return false;
    await recordAudit(tx, { ...by, action: "do-not-call.removed", target: gone.hint });
    return true;
  });
}
