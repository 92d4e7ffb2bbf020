import "server-only";
import type { Database } from "@/db/client";
import type { Delivery } from "@/db/facts";
import { adoptOrphans } from "@/db/queries/adopt-orphans";
import { type Recorded, recordEvents } from "@/db/queries/record-events";
import { recordTogether } from "@/db/queries/record-together";
import { retryConflicts } from "@/db/retry-conflicts";

/**
 * Remembers a delivery, whether or not it names its call. One that does is one statement. One that does not
 * belongs to the newest call of its conversation; before any call is known it waits under the conversation's own
 * uuid, and the first call to come adopts it, so both orders end in the same rows.
 *
 * @throws when it could not be recorded; then nothing of it was kept.
 */
export async function recordDelivery(db: Database, delivery: Delivery): Promise<Recorded> {
  const { conversationId, callId } = delivery;
  if (delivery.facts && !callId && conversationId) {
    return retryConflicts(() => recordUnattributed(db, delivery, conversationId));
  }
  const recorded = await recordTogether(db.$client, delivery);
  if (!recorded.hasOrphans || !conversationId || !callId) return recorded;
  const call = await retryConflicts(() => adoptOrphans(db, conversationId, callId));
  return call ? { ...recorded, call, adopted: true } : recorded;
}

function recordUnattributed(db: Database, delivery: Delivery, conversationId: string): Promise<Recorded> {
  return db.$client.begin(async (client) => {
    // The conversation's row is the lock: a call that shows up meanwhile waits for it, and then sees the orphans.
    const [conversation] = await client<{ lastCallId: string | null }[]>`
      insert into conversations (id, has_orphans) values (${conversationId}, true)
      on conflict (id) do update set has_orphans = conversations.has_orphans or conversations.last_call_id is null
      returning last_call_id as "lastCallId"
    `;
    const placedIn = conversation?.lastCallId ?? conversationId;
    const [recorded] = await recordEvents(client, [{ ...delivery, placedIn }]);
    if (!recorded) throw new Error("record-events returned no row");
    return recorded;
  });
}
