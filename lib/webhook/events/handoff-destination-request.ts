import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { answerInTime } from "@/lib/async";
import { type HandoffDestination, readHandoffDestination } from "@/lib/routing/request";
import { listPlaces } from "@/lib/routing/server/transfers";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { transferAnswerFacts } from "@/lib/webhook/server/transfers";

export const handoffDestinationRequestSchema = z.looseObject({
  parameters: z.looseObject({}).nullish().catch(null),
});

/** Vapi's `ServerMessageResponseHandoffDestinationRequest` requires `destination` even beside an error. */
export type HandoffAnswer =
  | { destination: HandoffDestination }
  | { destination: Record<string, never>; error: string };

/** Vapi's `ServerMessageHandoffDestinationRequest`: asks which assistant to hand the call over to. */
export const handoffDestinationRequest = defineEvent({
  types: ["handoff-destination-request"],
  schema: handoffDestinationRequestSchema,
  respond: async (_message, { conversationId, receivedAt }): Promise<{ reply: HandoffAnswer }> => {
    const lookup = listPlaces(db, "handoffTo", conversationId);
    const places = await answerInTime(lookup, receivedAt, [], "handoff destinations could not be looked up");
    const destination = places.map(readHandoffDestination).find((place) => place !== null);
    if (destination) return { reply: { destination } };
    return {
      reply: { destination: {}, error: "No other assistant is available to take this call right now." },
    };
  },
  project: (_message, moment, reply) => transferAnswerFacts(moment, reply),
});
