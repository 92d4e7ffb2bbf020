import { asc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { directoryEntries } from "@/db/schema/routing";
import type { DirectoryEntry } from "@/lib/directory/directory";

/** Every team of the directory, by name. */
export async function listEntries(db: Pick<Database, "select">): Promise<DirectoryEntry[]> {
  const rows = await db.select().from(directoryEntries).orderBy(asc(directoryEntries.team));
  return rows.map(({ createdAt: _, kind, extension, ...row }) =>
    kind === "sip" ? { ...row, kind, extension: null } : { ...row, kind, extension },
  );
}
