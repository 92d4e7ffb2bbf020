import "server-only";
import type { Delivery } from "@/db/facts";
import type { Recorded } from "@/db/queries/record-events";
import { sendPushes } from "@/lib/realtime/send-pushes";
import { toPushes } from "@/lib/realtime/to-pushes";

/** Tells whoever watches of a recorded delivery. Resolves when it was sent, or could not be; never rejects. */
export function publish(delivery: Delivery, recorded: Recorded): Promise<void> {
  return sendPushes(toPushes(delivery, recorded));
}
