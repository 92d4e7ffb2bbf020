import "server-only";
import type { Database } from "@/db/client";
import { isUnreachable } from "@/db/faults";
import type { Delivery } from "@/db/queries/record/facts";
import { type Recorded, recordEvents, writeDelivery } from "@/db/queries/record/record-events";
import { createKeyedBatcher } from "@/lib/keyed-batcher";

/** Limit of data waiting for the database in one process: about ten seconds of three hundred live calls. */
const maxBytes = 32 * 1024 * 1024;
/** Partials get half of it: the next partial replaces a lost one, but other events come only once. */
const maxBytesOfPartials = maxBytes / 2;

/** How long to wait for an unreachable database. Vapi gives up after 20 s, and may send the event again after a 503. */
export const recordTimeoutMs = 8_000;
const retryMs = 100;

/** More than three hundred live calls send in half a second. */
const maxTogether = 500;

/** The events waiting in this process, and those it has rejected since it started. */
export interface Backlog {
  events: number;
  bytes: number;
  droppedPartials: number;
  refusedEvents: number;
}

const backlog: Backlog = { events: 0, bytes: 0, droppedPartials: 0, refusedEvents: 0 };

export const readBacklog = (): Readonly<Backlog> => ({ ...backlog });

/** Thrown when too much is already waiting for the database. */
export class BacklogFull extends Error {
  override name = "BacklogFull";
}

interface Waiting {
  delivery: Delivery;
  written: string;
  askedAt: number;
}

type Client = Database["$client"];

const recorders = new WeakMap<Client, (waiting: Waiting) => Promise<Recorded>>();

/**
 * Records a delivery together with others waiting in this process, including those of the same call, in one round trip and
 * one commit. A call is in one statement at a time, so its deliveries are published in their order.
 *
 * @throws BacklogFull at once when too much is waiting; any other error when it could not be recorded and nothing of it was
 * stored. A partial is dropped instead.
 */
export async function recordTogether(client: Client, delivery: Delivery): Promise<Recorded> {
  const written = writeDelivery(delivery);
  // Nearly all characters take one byte, so the length stands for the size.
  const bytes = written.length;
  if (backlog.bytes + bytes > (delivery.isLogged ? maxBytes : maxBytesOfPartials))
    return rejectDelivery(delivery);
  backlog.events += 1;
  backlog.bytes += bytes;
  try {
    return await recorderOf(client)({ delivery, written, askedAt: Date.now() });
  } finally {
    backlog.events -= 1;
    backlog.bytes -= bytes;
  }
}

function rejectDelivery({ isLogged }: Delivery): Recorded {
  if (isLogged) {
    backlog.refusedEvents += 1;
    throw new BacklogFull("too many events are waiting for the database");
  }
  backlog.droppedPartials += 1;
  return { isFresh: false, call: null, context: null, hasOrphans: false, adopted: false };
}

function recorderOf(client: Client) {
  let record = recorders.get(client);
  if (!record) {
    record = createKeyedBatcher({
      work: (waiting: Waiting[]) => recordWithRetries(client, waiting),
      keyOf: ({ delivery }) => delivery.callId ?? delivery.event.key,
      maxTogether,
      isOfOneItem: (cause) => !isUnreachable(cause),
    });
    recorders.set(client, record);
  }
  return record;
}

/** Retries while the database restarts or is silent for a few seconds. Anything it committed before is then a duplicate. */
async function recordWithRetries(client: Client, waiting: readonly Waiting[]): Promise<Recorded[]> {
  const until = Math.max(...waiting.map(({ askedAt }) => askedAt)) + recordTimeoutMs;
  const deliveries = waiting.map(({ delivery }) => delivery);
  const written = waiting.map((each) => each.written);
  for (;;) {
    try {
      return await recordEvents(client, deliveries, written);
    } catch (cause) {
      if (!isUnreachable(cause) || Date.now() > until) throw cause;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
