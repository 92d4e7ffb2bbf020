import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";

/** What list and detail of the event log both show of an event and its call. */
export const eventColumns = {
  key: events.key,
  type: events.type,
  outcome: events.outcome,
  at: events.at,
  receivedAt: events.receivedAt,
  bytes: events.bytes,
  tookMs: events.tookMs,
  repeats: events.repeats,
  repeatedAt: events.repeatedAt,
  callId: events.callId,
  conversationUuid: events.conversationId,
  call: {
    id: calls.id,
    type: calls.type,
    customerName: calls.customerName,
    customerNumber: calls.customerNumber,
  },
};
