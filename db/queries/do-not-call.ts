import { count, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { doNotCall } from "@/db/schema/routing";
import type { BlockedNumber } from "@/lib/dialing/do-not-call";

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

/** Adds numbers that are not on the list yet; how many those were. */
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

/** The hint of the number that was taken off the list; null when it is not on it. */
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
