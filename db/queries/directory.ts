import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { directoryEntries } from "@/db/schema/routing";
import type { DirectoryEntry, NewEntry } from "@/lib/directory/directory";

/** All teams of the directory, by name. */
export async function listEntries(db: Pick<Database, "select">): Promise<DirectoryEntry[]> {
  const rows = await db.select().from(directoryEntries).orderBy(asc(directoryEntries.team));
  return rows.map(({ createdAt: _, kind, extension, ...row }) =>
    kind === "sip" ? { ...row, kind, extension: null } : { ...row, kind, extension },
  );
}

/** The new team's id; null when the name is taken. */
export async function insertEntry(tx: Pick<Database, "insert">, entry: NewEntry): Promise<string | null> {
  const [added] = await tx
    .insert(directoryEntries)
    .values(entry)
    .onConflictDoNothing()
    .returning({ id: directoryEntries.id });
  return added?.id ?? null;
}

export async function updateEntry(
  tx: Pick<Database, "select" | "update">,
  id: string,
  entry: NewEntry,
): Promise<"changed" | "missing" | "name-taken"> {
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
  return changed.length === 0 ? "missing" : "changed";
}

/** The removed team's name; null when there is none of this id. */
export async function removeEntry(tx: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(directoryEntries)
    .where(eq(directoryEntries.id, id))
    .returning({ team: directoryEntries.team });
  return gone?.team ?? null;
}
