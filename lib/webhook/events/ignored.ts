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

/** Live captions: the words as they are spoken, before a transcript's partial has them. */
export const assistantSpeechStarted = defineEvent({
  types: ["assistant.speechStarted"],
  schema: assistantSpeechStartedSchema,
  isBrief: true,
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

/** Vapi's `ServerMessageModelOutput`: a token in practice, an object in the schema, a list for tool calls. */
export const modelOutputSchema = z.looseObject({ output: z.unknown() });

/** Only a sign of life: the model's words arrive once they are spoken, its tool calls by `tool-calls`. */
export const modelOutput = defineEvent({
  types: ["model-output"],
  schema: modelOutputSchema,
  isBrief: true,
  isChatty: true,
  project: () => ({}),
});

/** Vapi's `ServerMessageVoiceInput`: text sent to the voice. It may be interrupted before the caller hears it. */
export const voiceInputSchema = z.looseObject({ input: z.string() });

export const voiceInput = defineEvent({
  types: ["voice-input"],
  schema: voiceInputSchema,
  isBrief: true,
  isChatty: true,
  project: () => ({}),
});

/** Vapi's `ServerMessageVoiceRequest`: text to synthesise, for assistants with a custom voice. */
export const voiceRequestSchema = z.looseObject({ text: z.string(), sampleRate: z.number() });

/**
 * Answered with an error, because Earshot has no voice. Vapi plays any answer to the caller as raw PCM, so it is kept
 * short: at 8 kHz a sentence of JSON is a click of a hundredth of a second. `data`, the sound itself, is empty.
 */
export const voiceRequest = defineEvent({
  types: ["voice-request"],
  schema: voiceRequestSchema,
  identity: (message) => message.text,
  respond: async () => ({
    reply: { data: "", error: "Earshot has no voices: set the voice's own server." },
  }),
  project: () => ({}),
});
