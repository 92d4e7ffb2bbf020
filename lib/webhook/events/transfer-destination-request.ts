import "server-only";
import { z } from "zod";
import { listPlaces } from "@/lib/routing/list-places";
import { readTransferDestination } from "@/lib/routing/read-transfer-destination";
import type { TransferDestination } from "@/lib/routing/transfer-destination";
import { defineEvent } from "@/lib/webhook/define-event";
import { witnessTransferAnswer } from "@/lib/webhook/witness-transfer-answer";

export const transferDestinationRequestSchema = z.looseObject({});

/** Vapi's `ServerMessageResponseTransferDestinationRequest`, the parts we answer with. */
export type TransferAnswer = { destination: TransferDestination } | { error: string };

/** Vapi's `ServerMessageTransferDestinationRequest`: the assistant wants to transfer and does not know where to. */
export const transferDestinationRequest = defineEvent({
  types: ["transfer-destination-request"],
  schema: transferDestinationRequestSchema,
  respond: async (_message, { conversationId }): Promise<TransferAnswer> => {
    const places = await listPlaces("transferTo", conversationId);
    const destination = places.map(readTransferDestination).find((place) => place !== null);
    return destination ? { destination } : { error: "There is nobody to transfer this call to right now." };
  },
  project: (_message, moment, reply) => witnessTransferAnswer(moment, reply),
});
