import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";

/** Vapi's `ServerMessageVoiceRequest`: a text to be turned into sound, for assistants with a custom voice. */
export const voiceRequestSchema = z.looseObject({ text: z.string(), sampleRate: z.number() });

/**
 * Refused: Earshot has no voice. Vapi pipes whatever is answered to the caller as raw PCM, so the refusal is kept
 * short: at 8 kHz a sentence of JSON is a click of a hundredth of a second, and `data`, the sound itself, is empty.
 */
export const voiceRequest = defineEvent({
  types: ["voice-request"],
  schema: voiceRequestSchema,
  identity: (message) => message.text,
  respond: async () => ({ data: "", error: "Earshot makes no voices: set the voice's own server." }),
  project: () => ({}),
});
