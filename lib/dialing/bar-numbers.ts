import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { doNotCall } from "@/db/schema/do-not-call";
import type { By } from "@/lib/audit/audit";
import { maskNumber } from "@/lib/calls/mask";
import { hashNumber } from "@/lib/dialing/hash-number";

export interface Barred {
  added: number;
  known: number;
  /** As they were written: no international numbers. */
  refused: string[];
}

/** Puts numbers on the do-not-call list. Those that are there already stay as they are. */
export async function barNumbers(db: Database, written: readonly string[], by: By): Promise<Barred> {
  const rows = new Map<string, typeof doNotCall.$inferInsert>();
  const refused: string[] = [];
  for (const number of written) {
    const numberHash = hashNumber(number);
    if (numberHash) rows.set(numberHash, { numberHash, hint: maskNumber(number), addedBy: by.actor.name });
    else refused.push(number);
  }
  if (rows.size === 0) return { added: 0, known: 0, refused };
  return db.transaction(async (tx) => {
    const added = await tx
      .insert(doNotCall)
      .values([...rows.values()])
      .onConflictDoNothing()
      .returning({ hint: doNotCall.hint });
    const detail = { numbers: String(added.length) };
    if (added.length > 0) await recordAudit(tx, { ...by, action: "do-not-call.added", detail });
    return { added: added.length, known: rows.size - added.length, refused };
  });
}
