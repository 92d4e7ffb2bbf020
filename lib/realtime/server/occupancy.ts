import "server-only";
import { db } from "@/db/client";
import { type OccupancyWord, recordOccupancy } from "@/db/queries/realtime";
import { occupiedChannels } from "@/db/schema/operations";
import { withDeadline } from "@/lib/async";
import { describeError, log } from "@/lib/log";
import { boardChannel, splitGeneration } from "@/lib/realtime/push";

/**
 * How old this process's knowledge may be. Pages ask again a little later than this after they have joined a channel
 * (lib/realtime/client/rooms.ts), so that what was not sent to them meanwhile is not missed.
 */
const maxAgeMs = 2_000;
const timeoutMs = 500;

type IsHeard = (name: string) => boolean;

const everybody: IsHeard = () => true;

let isHeard: IsHeard = everybody;
let readAt = 0;
let reading: Promise<IsHeard> | null = null;

/**
 * Which channels somebody listens to, by their real names and the word of all processes. The board is always heard. In doubt (the database is
 * slow or gone, or nobody has ever said a word) everything is: a push too many costs little, one too few costs sight.
 */
export async function readOccupancy(): Promise<IsHeard> {
  if (Date.now() - readAt < maxAgeMs) return isHeard;
  reading ??= read().finally(() => {
    reading = null;
  });
  return reading;
}

/** Takes in words of channels that fill and empty; they hold here at once, elsewhere within two seconds. */
export async function tellOccupancy(words: readonly OccupancyWord[]): Promise<void> {
  await recordOccupancy(db, words);
  readAt = 0;
}

async function read(): Promise<IsHeard> {
  const question = db
    .select({ channel: occupiedChannels.channel, isOccupied: occupiedChannels.isOccupied })
    .from(occupiedChannels);
  try {
    const rows = await withDeadline(question.execute(), timeoutMs);
    const occupied = new Set(rows.filter((row) => row.isOccupied).map((row) => row.channel));
    isHeard =
      rows.length === 0
        ? everybody
        : (name) => splitGeneration(name).channel === boardChannel || occupied.has(name);
  } catch (cause) {
    log("warn", "who listens is not known: everything is sent", describeError(cause));
    isHeard = everybody;
  }
  readAt = Date.now();
  return isHeard;
}
