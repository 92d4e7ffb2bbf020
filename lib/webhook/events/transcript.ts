import "server-only";
import { z } from "zod";
import type { CallFacts, Facts, LineFact } from "@/db/queries/record/facts";
import { type Speaker, speakerSchema } from "@/lib/calls/call";
import { toPartialId } from "@/lib/calls/partial-lines";
import { hashToUuid } from "@/lib/secrets";
import { newest } from "@/lib/webhook/rank";
import { defineEvent, type Moment } from "@/lib/webhook/server/define-event";
import { filteredSchema, readFilter } from "@/lib/webhook/server/messages";

/** A partial as a line, which stands in for its final if that is lost. */
export function partialLineFact(role: Speaker, text: string, at: Date): LineFact {
  const key = hashToUuid(toPartialId({ role, text, at: at.toISOString() }));
  return { key, role, source: "partial", text, at };
}

const text = z.string().nullish().catch(null);

/**
 * Vapi's `ServerMessageTranscript`. A partial holds the whole text so far and may rewrite it; finals come in pieces.
 * Vapi's schema also has the literal type `transcript[transcriptType="final"]`, though no recording does.
 */
export const transcriptSchema = z.looseObject({
  role: speakerSchema,
  transcriptType: z.enum(["partial", "final"]),
  transcript: z.string(),
  assistantName: text,
  confidence: z.number().nullish().catch(null),
  ...filteredSchema.shape,
  originalTranscript: text,
});

type Transcript = z.infer<typeof transcriptSchema>;

export const transcript = defineEvent({
  types: ["transcript", 'transcript[transcriptType="final"]'],
  schema: transcriptSchema,
  isBrief: true,
  identity: (message) => `${message.role} ${message.transcript}`,
  isChatty: (message) => message.transcriptType === "partial",
  project: (message, moment) => {
    // Several transcribers send empty finals: nothing was said.
    if (message.transcript.trim() === "") return {};
    return message.transcriptType === "partial"
      ? partialFacts(message, moment.at)
      : finalFacts(message, moment);
  },
});

function partialFacts({ role, transcript: text }: Transcript, at: Date): Facts {
  const call: CallFacts =
    role === "user"
      ? { partialUserText: text, partialUserRank: newest(at) }
      : { partialAssistantText: text, partialAssistantRank: newest(at), assistantSpokeAt: at };
  return { call, lines: [partialLineFact(role, text, at)] };
}

function finalFacts(message: Transcript, { at, key }: Moment): Facts {
  const { role, transcript: text, assistantName = null, confidence = null } = message;
  return {
    call: {
      lastLineRole: role,
      lastLineText: text,
      lastLineRank: newest(at),
      ...(role === "user" ? { userFinalAt: at } : { assistantFinalAt: at, assistantSpokeAt: at }),
    },
    lines: [
      {
        key,
        role,
        source: "transcript",
        text,
        at,
        assistantName,
        confidence,
        filter: readFilter(message, message.originalTranscript),
      },
    ],
  };
}
