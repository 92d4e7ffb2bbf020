import { z } from "zod";
import { speakerSchema } from "@/lib/calls/speaker";

/**
 * Who told us of a line. A call shows the best source it has and only that one:
 * the report's messages are the record, then final transcripts, then conversation updates.
 */
export const lineSources = ["conversation", "transcript", "report"] as const;

export const lineSchema = z.object({
  id: z.string(),
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  source: z.enum(lineSources),
  final: z.literal(true),
});

/** What is being said right now: the whole text so far, replaced (never appended) by the next one. */
export const partialSchema = z.object({ role: speakerSchema, text: z.string(), at: z.iso.datetime() });

export type Line = z.infer<typeof lineSchema>;
export type LineSource = Line["source"];
export type PartialLine = z.infer<typeof partialSchema>;
