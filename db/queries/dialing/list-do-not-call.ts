import { count } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { doNotCall } from "@/db/schema/do-not-call";
import type { BarredNumber } from "@/lib/dialing/do-not-call";

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
