import "server-only";
import { and, eq, lt, notInArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { occupiedChannels } from "@/db/schema/occupied-channels";
import { boardChannel, splitGeneration } from "@/lib/realtime/channels";
import { announceGeneration, currentGeneration } from "@/lib/realtime/generation";
import { tellOccupancy } from "@/lib/realtime/occupancy";
import { pusherClient } from "@/lib/realtime/pusher-client";

const answerSchema = z.object({ channels: z.record(z.string(), z.unknown()) });

/**
 * Tells pages that have stayed on an older generation of the new one: the word of it may have been lost. Who may no longer
 * listen may stay there, and hears nothing.
 */
async function callBehind(occupied: readonly string[]): Promise<void> {
  const generation = await currentGeneration();
  const isBehind = occupied.some((name) => ![null, generation].includes(splitGeneration(name).generation));
  if (isBehind) await announceGeneration(generation);
}

/**
 * Asks Pusher which channels somebody listens to: words of it get lost, and a Pusher app may not send any. Afterwards the
 * table is never empty, which would mean that nobody knows.
 * @throws when Pusher does not answer
 */
export async function reconcileOccupancy(db: Database): Promise<void> {
  const askedAt = new Date();
  const response = await pusherClient.get({ path: "/channels", params: { filter_by_prefix: "private-" } });
  if (response.status !== 200) throw new Error(`Pusher answered ${response.status}.`);
  const occupied = Object.keys(answerSchema.parse(await response.json()).channels);
  await callBehind(occupied);
  await db
    .update(occupiedChannels)
    .set({ isOccupied: false })
    .where(
      and(
        eq(occupiedChannels.isOccupied, true),
        // What was said within seconds may be newer than Pusher's answer.
        lt(occupiedChannels.at, sql`now() - interval '10 seconds'`),
        notInArray(occupiedChannels.channel, [boardChannel, ...occupied]),
      ),
    );
  await db
    .delete(occupiedChannels)
    .where(
      and(eq(occupiedChannels.isOccupied, false), lt(occupiedChannels.at, sql`now() - interval '1 day'`)),
    );
  await tellOccupancy(
    [boardChannel, ...occupied].map((channel) => ({ channel, isOccupied: true, at: askedAt })),
  );
}
