import { count, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { doNotCall } from "@/db/schema/routing";
import type { BlockedNumber } from "@/lib/dialing/do-not-call";

/** Whether a number, given by its hash, must not be called. */
export async function isOnDoNotCall(db: Pick<Database, "select">, numberHash: string): Promise<boolean> {
  const rows = await db
    .select({ numberHash: doNotCall.numberHash })
    .from(doNotCall)
    .where(eq(doNotCall.numberHash, numberHash));
  return rows.length > 0;
}

/** The newest entries, and the length of the list. */
export async function listDoNotCall(
  db: Database,
  limit: number,
): Promise<{ numbers: BlockedNumber[]; total: number }> {
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

export type NewBlockedNumber = typeof doNotCall.$inferInsert;

/** Adds numbers. Returns how many were new. */
export async function addToDoNotCall(
  tx: Pick<Database, "insert">,
  rows: NewBlockedNumber[],
): Promise<number> {
  const added = await tx
    .insert(doNotCall)
    .values(rows)
    .onConflictDoNothing()
    .returning({ hint: doNotCall.hint });
  return added.length;
}

/** The hint of the removed number; null when it is not on the list. */
export async function removeFromDoNotCall(
  tx: Pick<Database, "delete">,
  numberHash: string,
): Promise<string | null> {
  const [gone] = await tx
    .delete(doNotCall)
    .where(eq(doNotCall.numberHash, numberHash))
    .returning({ hint: doNotCall.hint });
  return gone?.hint ?? null;
}
