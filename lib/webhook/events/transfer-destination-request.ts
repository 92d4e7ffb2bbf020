import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { answerInTime } from "@/lib/async";
import { findTransferDestination, type TransferAnswer } from "@/lib/routing/server/transfers";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { transferAnswerFacts } from "@/lib/webhook/server/transfers";

export const transferDestinationRequestSchema = z.looseObject({});

const nowhere = { error: "No one is available to take this call right now." };

/** Vapi's `ServerMessageTransferDestinationRequest`: asks where the assistant should transfer the call. */
export const transferDestinationRequest = defineEvent({
  types: ["transfer-destination-request"],
  schema: transferDestinationRequestSchema,
  respond: async (_message, { conversationId, receivedAt }): Promise<{ reply: TransferAnswer }> => {
    const found = findTransferDestination(db, conversationId);
    const answer = await answerInTime(
      found,
      receivedAt,
      null,
      "where to transfer a call could not be looked up",
    );
    return { reply: answer ?? nowhere };
  },
  project: (_message, moment, reply) => transferAnswerFacts(moment, reply),
});
