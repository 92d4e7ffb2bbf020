import "server-only";
import { db } from "@/db/client";
import { listOccupancy, type OccupancyEvent, recordOccupancy } from "@/db/queries/realtime";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";

/**
 * How old this process's knowledge may be. Pages refetch a little later than this after joining a channel
 * (lib/realtime/client/rooms.ts), so they miss no push that was not sent to them until then.
 */
const maxAgeMs = 2_000;

type HasSubscribers = (name: string) => boolean;

/** For the first look after a start, when everything is slow. It delays only pushes, never an answer to Vapi. */
export const firstTimeoutMs = 5_000;

const assumeSubscribers: HasSubscribers = () => true;

const occupancy = remembered<HasSubscribers, HasSubscribers>({
  load: read,
  freshMs: maxAgeMs,
  timeoutMs: 500,
  firstTimeoutMs,
  trustMs: 0,
  // While the database is slow, not every push waits for it.
  pauseMs: maxAgeMs,
  fallback: () => assumeSubscribers,
  onFailure: (cause) =>
    logRepeated("warn", "subscriptions are unknown: every push is sent", { error: cause }),
});

/**
 * Which channels have subscribers, by their real names, as known to all processes. In doubt (the database is slow or gone,
 * or nothing was ever recorded) every channel counts: a needless push costs little, a missing one leaves pages outdated.
 */
export function readOccupancy(): Promise<HasSubscribers> {
  return occupancy.get();
}

/** Records channels that gain or lose all subscribers. Applies here at once, elsewhere within two seconds. */
export async function updateOccupancy(events: readonly OccupancyEvent[]): Promise<void> {
  await recordOccupancy(db, events);
  occupancy.forget();
}

async function read(): Promise<HasSubscribers> {
  const rows = await listOccupancy(db);
  if (rows.length === 0) return assumeSubscribers;
  const occupied = new Set(rows.filter((row) => row.isOccupied).map((row) => row.channel));
  return (name) => occupied.has(name);
}
