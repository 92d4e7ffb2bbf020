import "server-only";
import { z } from "zod";
import { chooseAssistant } from "@/lib/routing/choose-assistant";
import { defineEvent } from "@/lib/webhook/define-event";

export const assistantRequestSchema = z.looseObject({});

/**
 * Vapi's `ServerMessageAssistantRequest`: an inbound call with no assistant asks who answers. 7.5 s end to end,
 * fixed; the caller hears ringing meanwhile.
 */
export const assistantRequest = defineEvent({
  types: ["assistant-request"],
  schema: assistantRequestSchema,
  respond: async () => chooseAssistant(),
  project: () => ({ call: { status: "ringing", statusWitness: 0 } }),
});
