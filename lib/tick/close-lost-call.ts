import "server-only";
import type { Database } from "@/db/client";
import type { Delivery } from "@/db/facts";
import { recordDelivery } from "@/db/queries/record-delivery";
import type { CallRow } from "@/db/schema/calls";
import { eventKey } from "@/lib/webhook/event-key";
import { tellOf } from "@/lib/webhook/tell-of";
import { newest } from "@/lib/webhook/witness";

const type = "earshot.lost-contact";

/**
 * Closes a call of which nothing more will be heard, right after the last that was. The weakest of witnesses: any word Vapi
 * may still send of the call's end says it better, and stands; and any later event takes it back (db/merge-call.ts).
 */
export async function closeLostCall(db: Database, call: CallRow): Promise<void> {
  const delivery = toDelivery(call, new Date(call.lastEventAt.getTime() + 1));
  await tellOf(delivery, await recordDelivery(db, delivery));
}

function toDelivery(call: CallRow, at: Date): Delivery {
  const about = { conversationId: call.conversationId, callId: call.id };
  return {
    event: {
      key: eventKey({ ...about, type, stampMs: at.getTime(), identity: "" }),
      type,
      outcome: "recorded",
      at,
      receivedAt: new Date(),
      bytes: 0,
      message: { lastEventAt: call.lastEventAt.toISOString() },
    },
    ...about,
    isLogged: true,
    facts: {
      call: {
        createdAt: call.createdAt,
        lastEventAt: at,
        status: "ended",
        statusWitness: newest(at),
        endedAt: at,
        endedWitness: newest(at, -2),
        endedReason: "lost-contact",
        endedReasonWitness: newest(at, -1),
      },
    },
  };
}
