import { z } from "zod";
import { speakerSchema } from "@/lib/calls/speaker";

/**
 * Who told us of a line. A call shows the best source it has and only that one:
 * the report's messages are the record, then final transcripts, then conversation updates.
 */
export const lineSources = ["conversation", "transcript", "report"] as const;

/** What Vapi's security filter found in a line, and what was said before it changed the words. */
export const lineFilterSchema = z.object({ threats: z.array(z.string()), original: z.string().nullable() });

export const lineSchema = z.object({
  id: z.string(),
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  source: z.enum(lineSources),
  final: z.literal(true),
  /** Which assistant spoke, where Vapi says. */
  assistantName: z.string().nullish(),
  /** Of the transcriber, 0 to 1. */
  confidence: z.number().nullish(),
  filter: lineFilterSchema.nullish(),
});

/** What is being said right now: the whole text so far, replaced (never appended) by the next one. */
export const partialSchema = z.object({ role: speakerSchema, text: z.string(), at: z.iso.datetime() });

export type Line = z.infer<typeof lineSchema>;
export type LineFilter = z.infer<typeof lineFilterSchema>;
export type LineSource = Line["source"];
export type PartialLine = z.infer<typeof partialSchema>;
