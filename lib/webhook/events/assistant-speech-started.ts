import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";
import { findSpokenPart, speechTimingSchema } from "@/lib/webhook/find-spoken-part";
import { redactText } from "@/lib/webhook/redact";
import { newest } from "@/lib/webhook/witness";
import { witnessPartialLine } from "@/lib/webhook/witness-partial-line";

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
  isChatty: () => true,
  project: ({ text, timing }, { at }) => {
    const spoken = findSpokenPart(redactText(text), timing);
    return {
      call: {
        assistantSpokeAt: at,
        ...(spoken && { partialAssistantText: spoken, partialAssistantWitness: newest(at) }),
      },
      ...(spoken && { lines: [witnessPartialLine("assistant", spoken, at)] }),
    };
  },
});
