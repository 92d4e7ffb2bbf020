import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { doNotCall } from "@/db/schema/do-not-call";

/** Whether a number, by its hash, must not be called. */
export async function isOnDoNotCall(db: Pick<Database, "select">, numberHash: string): Promise<boolean> {
  const rows = await db
    .select({ numberHash: doNotCall.numberHash })
    .from(doNotCall)
    .where(eq(doNotCall.numberHash, numberHash));
  return rows.length > 0;
}
