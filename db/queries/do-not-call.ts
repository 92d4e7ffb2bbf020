import { count, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { doNotCall } from "@/db/schema/routing";
import type { BarredNumber } from "@/lib/dialing/do-not-call";

/** Whether a number, by its hash, must not be called. */
export async function isOnDoNotCall(db: Pick<Database, "select">, numberHash: string): Promise<boolean> {
  const rows = await db
    .select({ numberHash: doNotCall.numberHash })
    .from(doNotCall)
    .where(eq(doNotCall.numberHash, numberHash));
  return rows.length > 0;
}

/** The newest of the list, and how many there are. */
export async function listDoNotCall(
  db: Database,
  limit: number,
): Promise<{ numbers: BarredNumber[]; total: number }> {
  const [rows, [counted]] = await Promise.all([
    db.select().from(doNotCall).orderBy(newestFirst(doNotCall.addedAt), doNotCall.numberHash).limit(limit),
    db.select({ total: count() }).from(doNotCall),
  ]);
  const numbers = rows.map(({ numberHash, hint, addedBy, addedAt }) => ({
    id: numberHash,
    hint,
    addedBy,
    addedAt: addedAt.toISOString(),
  }));
  return { numbers, total: counted?.total ?? 0 };
}
