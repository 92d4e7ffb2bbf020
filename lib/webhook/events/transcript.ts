import "server-only";
import { z } from "zod";
import type { CallFacts, Facts } from "@/db/facts";
import { speakerSchema } from "@/lib/calls/speaker";
import { defineEvent, type Moment } from "@/lib/webhook/define-event";
import { newest } from "@/lib/webhook/witness";
import { witnessPartialLine } from "@/lib/webhook/witness-partial-line";

/**
 * Vapi's `ServerMessageTranscript`. A partial holds the whole text so far and may rewrite it; finals come in pieces.
 * The literal type `transcript[transcriptType="final"]` stands in Vapi's schema, though no recording has it.
 */
export const transcriptSchema = z.looseObject({
  role: speakerSchema,
  transcriptType: z.enum(["partial", "final"]),
  transcript: z.string(),
});

type Transcript = z.infer<typeof transcriptSchema>;

export const transcript = defineEvent({
  types: ["transcript", 'transcript[transcriptType="final"]'],
  schema: transcriptSchema,
  identity: (message) => `${message.role} ${message.transcript}`,
  isChatty: (message) => message.transcriptType === "partial",
  project: (message, moment) => {
    // Several transcribers send finals without a word: nothing was said.
    if (message.transcript.trim() === "") return {};
    return message.transcriptType === "partial"
      ? witnessPartial(message, moment.at)
      : witnessFinal(message, moment);
  },
});

function witnessPartial({ role, transcript: text }: Transcript, at: Date): Facts {
  const call: CallFacts =
    role === "user"
      ? { partialUserText: text, partialUserWitness: newest(at) }
      : { partialAssistantText: text, partialAssistantWitness: newest(at), assistantSpokeAt: at };
  return { call, lines: [witnessPartialLine(role, text, at)] };
}

function witnessFinal({ role, transcript: text }: Transcript, { at, key }: Moment): Facts {
  return {
    call: {
      lastLineRole: role,
      lastLineText: text,
      lastLineWitness: newest(at),
      ...(role === "user" ? { userFinalAt: at } : { assistantFinalAt: at, assistantSpokeAt: at }),
    },
    lines: [{ key, role, source: "transcript", text, at }],
  };
}
