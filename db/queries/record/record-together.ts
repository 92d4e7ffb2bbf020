import "server-only";
import type { Database } from "@/db/client";
import { isUnreachable } from "@/db/faults";
import type { Delivery } from "@/db/queries/record/facts";
import { type Recorded, recordEvents, writeDelivery } from "@/db/queries/record/record-events";
import { createKeyedBatcher } from "@/lib/keyed-batcher";

/** What waits in one process for the database: some ten seconds of three hundred live calls. */
const maxBytes = 32 * 1024 * 1024;
/** Partials have the half of it: the next one replaces what is lost, and everything else comes once. */
const maxBytesOfPartials = maxBytes / 2;

/**
 * How long a database that is gone is waited for. One slower than this is as good as down: Vapi gives up after 20 s, and an
 * honest 503 may be resent.
 */
export const recordTimeoutMs = 8_000;
const retryMs = 100;

/** More than three hundred live calls send while a statement takes half a second. */
const maxTogether = 500;

/** What waits in this process now, and what it could not take since it started. */
export interface Backlog {
  events: number;
  bytes: number;
  droppedPartials: number;
  refusedEvents: number;
}

const backlog: Backlog = { events: 0, bytes: 0, droppedPartials: 0, refusedEvents: 0 };

export const readBacklog = (): Readonly<Backlog> => ({ ...backlog });

/** So much waits for the database that nothing more is taken. */
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
 * Remembers a delivery, together with what else this process is to remember at the moment: one round trip and one
 * commit serve them all, also several of one call. Of one call there is one statement at a time: who is told of its deliveries is
 * told in their order.
 *
 * @throws BacklogFull at once when too much waits already; else when it could not be recorded. Then nothing of it was kept. A
 *   partial is dropped instead, and changes nothing.
 */
export async function recordTogether(client: Client, delivery: Delivery): Promise<Recorded> {
  const written = writeDelivery(delivery);
  // A character of one byte is kept in one; there are few others.
  const bytes = written.length;
  if (backlog.bytes + bytes > (delivery.isLogged ? maxBytes : maxBytesOfPartials)) return turnAway(delivery);
  backlog.events += 1;
  backlog.bytes += bytes;
  try {
    return await recorderOf(client)({ delivery, written, askedAt: Date.now() });
  } finally {
    backlog.events -= 1;
    backlog.bytes -= bytes;
  }
}

function turnAway({ isLogged }: Delivery): Recorded {
  if (isLogged) {
    backlog.refusedEvents += 1;
    throw new BacklogFull("too much waits for the database");
  }
  backlog.droppedPartials += 1;
  return { isFresh: false, call: null, context: null, hasOrphans: false, adopted: false };
}

function recorderOf(client: Client) {
  let record = recorders.get(client);
  if (!record) {
    record = createKeyedBatcher({
      work: (waiting: Waiting[]) => recordPatiently(client, waiting),
      keyOf: ({ delivery }) => delivery.callId ?? delivery.event.key,
      maxTogether,
      isOfOneItem: (cause) => !isUnreachable(cause),
    });
    recorders.set(client, record);
  }
  return record;
}

/** A database that restarts, or says nothing for some seconds, costs them. What it has committed all the same is a duplicate then. */
async function recordPatiently(client: Client, waiting: readonly Waiting[]): Promise<Recorded[]> {
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
