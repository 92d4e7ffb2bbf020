import "server-only";
import type { Database } from "@/db/client";
import type { Delivery } from "@/db/facts";
import { type Recorded, recordEvents } from "@/db/queries/record-events";
import { gather } from "@/lib/gather";

type Client = Database["$client"];

const recorders = new WeakMap<Client, (delivery: Delivery) => Promise<Recorded>>();

/**
 * Remembers a delivery, together with what else this process is to remember at the moment: one round trip and one
 * commit serve them all. Of one call, or of one event, there is one at a time: rows are joined with what is there, and who is
 * told of them is told in their order.
 *
 * @throws when it could not be recorded; then nothing of it was kept.
 */
export function recordTogether(client: Client, delivery: Delivery): Promise<Recorded> {
  let record = recorders.get(client);
  if (!record) {
    record = gather(
      (deliveries: Delivery[]) => recordEvents(client, deliveries),
      ({ callId, event }) => (callId === null ? [event.key] : [event.key, callId]),
    );
    recorders.set(client, record);
  }
  return record(delivery);
}
