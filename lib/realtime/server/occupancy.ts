import "server-only";
import { db } from "@/db/client";
import { listOccupancy, type OccupancyWord, recordOccupancy } from "@/db/queries/realtime";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";

/**
 * How old this process's knowledge may be. Pages ask again a little later than this after they have joined a channel
 * (lib/realtime/client/rooms.ts), so that what was not sent to them meanwhile is not missed.
 */
const maxAgeMs = 2_000;

type IsHeard = (name: string) => boolean;

const everybody: IsHeard = () => true;

const occupancy = remembered<IsHeard, IsHeard>({
  load: read,
  freshMs: maxAgeMs,
  timeoutMs: 500,
  trustMs: 0,
  // While the database is slow, pushes do not wait for it each time.
  pauseMs: maxAgeMs,
  fallback: () => everybody,
  onFailure: (cause) =>
    logRepeated("warn", "subscriptions are unknown: every push is sent", { error: cause }),
});

/**
 * Which channels somebody listens to, by their real names and the word of all processes. In doubt (the database is slow
 * or gone, or nobody has ever said a word) everything is heard: a push too many costs little, one too few costs sight.
 */
export function readOccupancy(): Promise<IsHeard> {
  return occupancy.get();
}

/** Takes in words of channels that fill and empty; they hold here at once, elsewhere within two seconds. */
export async function tellOccupancy(words: readonly OccupancyWord[]): Promise<void> {
  await recordOccupancy(db, words);
  occupancy.forget();
}

async function read(): Promise<IsHeard> {
  const rows = await listOccupancy(db);
  if (rows.length === 0) return everybody;
  const occupied = new Set(rows.filter((row) => row.isOccupied).map((row) => row.channel));
  return (name) => occupied.has(name);
}
