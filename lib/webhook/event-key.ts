import "server-only";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";

/**
 * What makes two deliveries the same one. Vapi sends no event id, and a hash of the body would differ between
 * retries (presigned URLs are made anew per delivery), so: where it came in, which call, which type, when, and what
 * the type's own desk says tells its events apart.
 */
export function eventKey(event: {
  conversationId: string | null;
  callId: string | null;
  type: string;
  /** As stamped by Vapi; null for the bodies of early 2024 that carry no stamp. */
  stampMs: number | null;
  identity: string;
}): string {
  return hashToUuid(event.conversationId, event.callId, event.type, event.stampMs, event.identity);
}
