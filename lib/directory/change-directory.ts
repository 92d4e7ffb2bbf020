import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { directoryEntries } from "@/db/schema/directory-entries";
import type { By } from "@/lib/audit/audit";
import type { NewEntry } from "@/lib/directory/directory-entry";

/** Adds a team. Returns its id; null when there is one of this name. */
export async function addEntry(db: Database, entry: NewEntry, by: By): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [added] = await tx
      .insert(directoryEntries)
      .values(entry)
      .onConflictDoNothing()
      .returning({ id: directoryEntries.id });
    if (!added) return null;
    await recordAudit(tx, { ...by, action: "directory.created", target: entry.team });
    return added.id;
  });
}

export async function changeEntry(
  db: Database,
  id: string,
  entry: NewEntry,
  by: By,
): Promise<"changed" | "missing" | "name-taken"> {
  return db.transaction(async (tx) => {
    const isNamed = sql`lower(${directoryEntries.team}) = lower(${entry.team})`;
    const taken = await tx
      .select({ id: directoryEntries.id })
      .from(directoryEntries)
      .where(and(isNamed, ne(directoryEntries.id, id)));
    if (taken.length > 0) return "name-taken";
    const changed = await tx
      .update(directoryEntries)
      .set(entry)
      .where(eq(directoryEntries.id, id))
      .returning({ id: directoryEntries.id });
    if (changed.length === 0) return "missing";
    await recordAudit(tx, { ...by, action: "directory.changed", target: entry.team });
    return "changed";
  });
}

/** Takes a team out; false when there is none of this id. */
export async function deleteEntry(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(directoryEntries)
      .where(eq(directoryEntries.id, id))
      .returning({ team: directoryEntries.team });
    if (gone) await recordAudit(tx, { ...by, action: "directory.deleted", target: gone.team });
    return gone !== undefined;
  });
}
