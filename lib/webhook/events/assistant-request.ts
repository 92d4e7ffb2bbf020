import "server-only";
import { z } from "zod";
import { answerRequest, type Decided, noteRouted, toRouted } from "@/lib/routing/server/answer-request";
import { defineEvent } from "@/lib/webhook/server/define-event";
import type { Envelope } from "@/lib/webhook/server/envelope";

export const assistantRequestSchema = z.looseObject({});

/** Between the answer and the note about it, which must not take the caller's time. */
const decided = new WeakMap<Envelope, Decided>();

/**
 * Vapi's `ServerMessageAssistantRequest`: an inbound call with no assistant asks who answers. 7.5 s end to end,
 * fixed; the caller hears ringing meanwhile.
 */
export const assistantRequest = defineEvent({
  types: ["assistant-request"],
  schema: assistantRequestSchema,
  respond: async (_, envelope) => {
    const decision = await answerRequest(envelope);
    decided.set(envelope, { decision, at: Date.now() });
    return decision.reply;
  },
  afterwards: async (envelope) => {
    const known = decided.get(envelope);
    if (known) await noteRouted(toRouted(envelope, known, Date.now()));
  },
  project: () => ({ call: { status: "ringing", statusRank: 0 } }),
});
