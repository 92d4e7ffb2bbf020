import "server-only";
import { db } from "@/db/client";
import { listOccupancy, type OccupancyWord, recordOccupancy } from "@/db/queries/realtime";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";

/**
 * How old this process's knowledge may be. Pages refetch a little later than this after joining a channel
 * (lib/realtime/client/rooms.ts), so they miss no push that was not sent to them until then.
 */
const maxAgeMs = 2_000;

type IsHeard = (name: string) => boolean;

const everybody: IsHeard = () => true;

const occupancy = remembered<IsHeard, IsHeard>({
  load: read,
  freshMs: maxAgeMs,
  timeoutMs: 500,
  trustMs: 0,
  // While the database is slow, not every push waits for it.
  pauseMs: maxAgeMs,
  fallback: () => everybody,
  onFailure: (cause) =>
    logRepeated("warn", "subscriptions are unknown: every push is sent", { error: cause }),
});

/**
 * Which channels have subscribers, by their real names, as known to all processes. In doubt (the database is slow or gone,
 * or nothing was ever recorded) every channel counts: a needless push costs little, a missing one leaves pages outdated.
 */
export function readOccupancy(): Promise<IsHeard> {
  return occupancy.get();
}

/** Records channels that gain or lose all subscribers. Applies here at once, elsewhere within two seconds. */
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
