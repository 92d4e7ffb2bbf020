import "server-only";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { CallRow } from "@/db/schema/calls";
import { toReportMessage } from "@/lib/imports/server/import";
import { readEnvelope } from "@/lib/webhook/read-envelope";
import { receiveEvent } from "@/lib/webhook/receive-event";

/**
 * Records what Vapi's API says of a call through the same desks as what its webhooks say: an ended one as its report,
 * another's status as a status update. The stamps are the call's own, so the true events, should they still come,
 * are newer and stand.
 */
export async function recordVapiCall(call: CallRow, known: Vapi.Call): Promise<void> {
  const message = toMessage(call, known);
  if (!message) return;
  const envelope = readEnvelope({
    body: new TextEncoder().encode(JSON.stringify({ message })),
    conversationUuid: call.conversationId,
    headers: new Headers(),
    receivedAt: new Date(),
  });
  if (!envelope) throw new Error("A message made from Vapi's API is none that its webhook could have sent.");
  await (await receiveEvent(envelope)).later;
}

function toMessage(call: CallRow, known: Vapi.Call): Record<string, unknown> | null {
  if (known.status === "ended") {
    return toReportMessage(known);
  }
  if (!known.status || known.status === call.status) return null;
  return { type: "status-update", status: known.status, timestamp: known.updatedAt, call: known };
}
