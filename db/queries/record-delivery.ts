import "server-only";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/content-fault";
import type { Delivery } from "@/db/facts";
import { adoptOrphans } from "@/db/queries/adopt-orphans";
import { type Recorded, recordEvents } from "@/db/queries/record-events";
import { recordTogether } from "@/db/queries/record-together";
import { noteSetAside } from "@/db/queries/set-aside/set-aside";
import { cleanText } from "@/lib/clean-text";

const maxKept = 8_000;

/**
 * Remembers a delivery, whether or not it names its call. One that does is one statement. One that does not
 * belongs to the newest call of its conversation; before any call is known it waits under the conversation's own
 * uuid, and the first call to come adopts it, so both orders end in the same rows. One that Postgres refuses for its
 * content would be refused for ever: it is kept as malformed, with the reason, and joins nothing.
 *
 * @throws when it could not be recorded now, and may be later; then nothing of it was kept.
 */
export async function recordDelivery(db: Database, delivery: Delivery): Promise<Recorded> {
  const recorded = await recordOrKeep(db, delivery);
  const { conversationId, callId } = delivery;
  if (!recorded.hasOrphans || !conversationId || !callId) return recorded;
  const call = await adopt(db, conversationId, callId);
  return call ? { ...recorded, call, adopted: true } : recorded;
}

/** Whole, else only its message, else only the text of that. */
async function recordOrKeep(db: Database, delivery: Delivery): Promise<Recorded> {
  try {
    return await place(db, delivery);
  } catch (cause) {
    const refusal = readContentFault(cause);
    if (refusal === null) throw cause;
    const kept = toMalformed(delivery, refusal);
    const recorded = await place(db, kept).catch((again: unknown) => {
      if (readContentFault(again) === null) throw again;
      return place(db, toPlain(kept));
    });
    return { ...recorded, refusal };
  }
}

function place(db: Database, delivery: Delivery): Promise<Recorded> {
  const { conversationId, callId, facts } = delivery;
  if (facts && !callId && conversationId) {
    return recordUnattributed(db, delivery, conversationId);
  }
  return recordTogether(db.$client, delivery);
}

function toMalformed({ event, ...delivery }: Delivery, refusal: string): Delivery {
  const issues = [{ path: "", message: refusal }, ...(event.issues ?? [])];
  return { ...delivery, event: { ...event, outcome: "malformed", issues }, isLogged: true, facts: null };
}

/** What even JSON cannot hold, a text can. */
function toPlain({ event, ...delivery }: Delivery): Delivery {
  const asText = (value: object) => ({ text: cleanText(JSON.stringify(value), maxKept) });
  const { message, answer } = event;
  return {
    ...delivery,
    event: { ...event, message: asText(message), answer: answer ? asText(answer) : null },
  };
}

async function adopt(db: Database, conversationId: string, callId: string) {
  try {
    return await adoptOrphans(db, conversationId, callId);
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    await noteSetAside(db, { job: "adopt-orphans", item: `${conversationId} ${callId}`, reason });
    return null;
  }
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
