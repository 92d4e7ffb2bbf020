import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";

/** Vapi's `ServerMessageVoiceInput`: a text on its way to the voice. It may be interrupted before anybody hears it. */
export const voiceInputSchema = z.looseObject({ input: z.string() });

export const voiceInput = defineEvent({
  types: ["voice-input"],
  schema: voiceInputSchema,
  isChatty: () => true,
  project: () => ({}),
});
