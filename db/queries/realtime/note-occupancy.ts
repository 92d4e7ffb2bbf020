import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { occupiedChannels } from "@/db/schema/occupied-channels";

export type OccupancyWord = typeof occupiedChannels.$inferInsert;

/** Takes in words of channels that fill and empty. Of two about one channel the newer stands, whichever comes first. */
export async function noteOccupancy(
  db: Pick<Database, "insert">,
  words: readonly OccupancyWord[],
): Promise<void> {
  const newest = new Map<string, OccupancyWord>();
  for (const word of words) {
    const known = newest.get(word.channel);
    if (!known || known.at <= word.at) newest.set(word.channel, word);
  }
  if (newest.size === 0) return;
  await db
    .insert(occupiedChannels)
    .values([...newest.values()].sort((a, b) => (a.channel < b.channel ? -1 : 1)))
    .onConflictDoUpdate({
      target: occupiedChannels.channel,
      set: { isOccupied: sql`excluded.is_occupied`, at: sql`excluded.at` },
      setWhere: sql`excluded.at >= ${occupiedChannels.at}`,
    });
}
