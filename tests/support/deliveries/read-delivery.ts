import type { Delivery } from "@/db/queries/record/facts";
import { toDelivery } from "@/lib/webhook/server/delivery";
import { readEnvelope } from "@/lib/webhook/server/envelope";
import { findEvent } from "@/lib/webhook/server/registry";

/** Returns a body as the webhook would record it, for a type that needs no response. */
export function readDelivery(body: unknown, conversationUuid: string | null = null): Delivery {
  const envelope = readEnvelope({
    body: Buffer.from(JSON.stringify(body)),
    conversationUuid,
    headers: new Headers(),
    receivedAt: new Date(),
  });
  const found = envelope && findEvent(envelope.type)?.read(envelope.message);
  if (!envelope || !found || !("event" in found)) throw new Error("The body is no event.");
  return toDelivery(envelope, found.event, null, null, []);
}
