import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

export const assistantRequestSchema = z.looseObject({});

/**
 * Vapi's `ServerMessageAssistantRequest`: an inbound call with no assistant asks who answers. 7.5 s end to end,
 * fixed; the caller hears ringing meanwhile.
 */
export const assistantRequest = defineEvent({
  types: ["assistant-request"],
  schema: assistantRequestSchema,
  respond: async (_, envelope) => {
    // With the metadata of all numbers, which no other event needs after a cold start.
    const { answerRequest, saveRouted, toRouted } = await import("@/lib/routing/server/answer-request");
    const decision = await answerRequest(envelope);
    const decided = { decision, at: Date.now() };
    const { callId, receivedAt } = envelope;
    return {
      reply: decision.reply,
      // Holds as much of the envelope as it needs, so that the body can be garbage-collected meanwhile.
      afterwards: () => saveRouted(toRouted({ callId, receivedAt }, decided, Date.now())),
    };
  },
  project: () => ({ call: { status: "ringing", statusRank: 0 } }),
});
