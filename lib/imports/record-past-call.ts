import "server-only";
import { db } from "@/db/client";
import { deriveFigures } from "@/db/queries/analytics/derive-figures";
import { recordDelivery } from "@/db/queries/record-delivery";
import { noteDocument } from "@/lib/reports/note-document";
import { findEvent } from "@/lib/webhook/find-event";
import { readEnvelope } from "@/lib/webhook/read-envelope";
import { toDelivery } from "@/lib/webhook/to-delivery";

/**
 * Records a past call's report through the desk that its webhook's would have gone through, so that the call is the same as one that
 * was witnessed. Nobody is told: no alert, no notification and no push comes of calls of long ago.
 * @param conversationId where the call is known from, if it is
 * @returns why it could not be, or null
 */
export async function recordPastCall(body: object, conversationId: string | null): Promise<string | null> {
  const envelope = readEnvelope({
    body: new TextEncoder().encode(JSON.stringify(body)),
    conversationUuid: conversationId,
    headers: new Headers(),
    receivedAt: new Date(),
  });
  const read = envelope && findEvent(envelope.type)?.read(envelope.message);
  if (!envelope || !read) return "is no message that a webhook could have sent";
  if ("issues" in read) return `does not fit: ${read.issues[0]?.path} ${read.issues[0]?.message}`;
  const recorded = await recordDelivery(db, toDelivery(envelope, read.event, null, null));
  if (recorded.refusal) return `cannot be kept: ${recorded.refusal}`;
  if (recorded.call) await Promise.all([deriveFigures(db, [recorded.call.id]), noteDocument(recorded)]);
  return null;
}
