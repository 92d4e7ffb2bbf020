import "server-only";
import { z } from "zod";
import { redactText } from "@/lib/redact";
import { partialLineFact } from "@/lib/webhook/events/transcript";
import { newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { findSpokenPart, speechTimingSchema } from "@/lib/webhook/server/messages";

/** Vapi's `ServerMessageAssistantSpeech`, every 50 to 200 ms while the assistant's voice is played. */
export const assistantSpeechStartedSchema = z.looseObject({
  text: z.string(),
  turn: z.number().nullish().catch(null),
  timing: speechTimingSchema,
});

/** Live captions: the words as they are spoken, which a transcript's partial only knows afterwards. */
export const assistantSpeechStarted = defineEvent({
  types: ["assistant.speechStarted"],
  schema: assistantSpeechStartedSchema,
  isChatty: true,
  project: ({ text, timing }, { at }) => {
    const spoken = findSpokenPart(redactText(text), timing);
    return {
      call: {
        assistantSpokeAt: at,
        ...(spoken && { partialAssistantText: spoken, partialAssistantRank: newest(at) }),
      },
      ...(spoken && { lines: [partialLineFact("assistant", spoken, at)] }),
    };
  },
});

/** Vapi's `ServerMessageModelOutput`: a token on the wire, an object in the schema, a list when it is tool calls. */
export const modelOutputSchema = z.looseObject({ output: z.unknown() });

/** A sign of life and nothing else: what the model says is told once it is spoken, what it calls by `tool-calls`. */
export const modelOutput = defineEvent({
  types: ["model-output"],
  schema: modelOutputSchema,
  isChatty: true,
  project: () => ({}),
});

/** Vapi's `ServerMessageVoiceInput`: a text on its way to the voice. It may be interrupted before anybody hears it. */
export const voiceInputSchema = z.looseObject({ input: z.string() });

export const voiceInput = defineEvent({
  types: ["voice-input"],
  schema: voiceInputSchema,
  isChatty: true,
  project: () => ({}),
});

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
  respond: async () => ({
    reply: { data: "", error: "Earshot makes no voices: set the voice's own server." },
  }),
  project: () => ({}),
});
