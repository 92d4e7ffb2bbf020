import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { notificationChannels } from "@/db/schema/alerts";

/** Returns false if a channel of a kind that may exist only once already exists. */
export async function insertChannel(
  tx: Pick<Database, "insert">,
  channel: typeof notificationChannels.$inferInsert,
): Promise<boolean> {
  const inserted = await tx
    .insert(notificationChannels)
    .values(channel)
    .onConflictDoNothing()
    .returning({ id: notificationChannels.id });
  return inserted.length > 0;
}

/** Returns the changed channel's name, or null for an unknown id. */
export async function updateChannel(
  tx: Pick<Database, "update">,
  id: string,
  columns: Pick<
    Partial<typeof notificationChannels.$inferInsert>,
    "afterMinutes" | "quietHours" | "tellsUpdates" | "isEnabled"
  >,
): Promise<string | null> {
  const [changed] = await tx
    .update(notificationChannels)
    .set(columns)
    .where(eq(notificationChannels.id, id))
    .returning({ name: notificationChannels.name });
  return changed?.name ?? null;
}

/** Returns the removed channel's name, or null for an unknown id. */
export async function removeChannel(tx: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(notificationChannels)
    .where(eq(notificationChannels.id, id))
    .returning({ name: notificationChannels.name });
  return gone?.name ?? null;
}
