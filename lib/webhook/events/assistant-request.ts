import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

export const assistantRequestSchema = z.looseObject({});

/**
 * Vapi's `ServerMessageAssistantRequest`: asks which assistant answers an inbound call. 7.5 s end to end, fixed; the
 * caller hears ringing until then.
 */
export const assistantRequest = defineEvent({
  types: ["assistant-request"],
  schema: assistantRequestSchema,
  respond: async (_, envelope) => {
    // Imports the metadata of all phone numbers, which no other event needs after a cold start.
    const { answerRequest, saveRouted, toRouted } = await import("@/lib/routing/server/answer-request");
    const decision = await answerRequest(envelope);
    const decided = { decision, at: Date.now() };
    const { callId, receivedAt } = envelope;
    return {
      reply: decision.reply,
      // Holds only the parts of the envelope that it needs, so that the body can be garbage-collected.
      afterwards: () => saveRouted(toRouted({ callId, receivedAt }, decided, Date.now())),
    };
  },
  project: () => ({ call: { status: "ringing", statusRank: 0 } }),
});
