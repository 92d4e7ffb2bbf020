import "server-only";
import { z } from "zod";
import { listPlaces } from "@/lib/routing/list-places";
import { type HandoffDestination, readHandoffDestination } from "@/lib/routing/read-handoff-destination";
import { defineEvent } from "@/lib/webhook/define-event";
import { witnessTransferAnswer } from "@/lib/webhook/witness-transfer-answer";

export const handoffDestinationRequestSchema = z.looseObject({
  parameters: z.looseObject({}).nullish().catch(null),
});

/** Vapi's `ServerMessageResponseHandoffDestinationRequest`: `destination` is demanded even beside an error. */
export type HandoffAnswer =
  | { destination: HandoffDestination }
  | { destination: Record<string, never>; error: string };

/** Vapi's `ServerMessageHandoffDestinationRequest`: the assistant wants another one to go on, and asks which. */
export const handoffDestinationRequest = defineEvent({
  types: ["handoff-destination-request"],
  schema: handoffDestinationRequestSchema,
  respond: async (_message, { conversationId }): Promise<HandoffAnswer> => {
    const places = await listPlaces("handoffTo", conversationId);
    const destination = places.map(readHandoffDestination).find((place) => place !== null);
    if (destination) return { destination };
    return { destination: {}, error: "There is no assistant to hand this call to right now." };
  },
  project: (_message, moment, reply) => witnessTransferAnswer(moment, reply),
});
