import { z } from "zod";
import { speakerSchema } from "@/lib/calls/speaker";

/**
 * What brought a line. Lines of all sources are kept and merged (lib/calls/merge-lines.ts): where several cover the same
 * words the report's wording stands, then the final's, then the conversation update's, then a partial's whose final was lost.
 */
export const lineSources = ["partial", "conversation", "transcript", "report"] as const;

const sourceSchema = z.enum(lineSources);

/** What Vapi's security filter found in a line, and what was said before it changed the words. */
export const lineFilterSchema = z.object({ threats: z.array(z.string()), original: z.string().nullable() });

const saidSchema = z.object({
  id: z.string(),
  role: speakerSchema,
  text: z.string(),
  at: z.iso.datetime(),
  /** When it ended, where the source says so. */
  endedAt: z.iso.datetime().nullable(),
  source: sourceSchema,
  /** False for the words of a partial that no final has confirmed. */
  final: z.boolean(),
  /** Which assistant spoke, where Vapi says. */
  assistantName: z.string().nullish(),
  /** Of the transcriber, 0 to 1. */
  confidence: z.number().nullish(),
  filter: lineFilterSchema.nullish(),
});

/** A line as one source brought it, before it is merged with what the others brought. */
export const heardLineSchema = saidSchema.extend({
  /** False where the source gives an order but no time: it was said at `at` at the latest. */
  isTimed: z.boolean(),
  /** When the tool call that precedes it in a conversation's list was asked for: it was not said before that. */
  notBefore: z.iso.datetime().nullable(),
});

/** A line as it is shown: every word that was heard stands in one. */
export const lineSchema = saidSchema.extend({
  /**
   * The one source that has these words where others should have them, too: `live` for what was heard during the call
   * and is missing from the report. Null where nothing is missing.
   */
  onlyIn: z.enum([...lineSources, "live"]).nullable(),
});

/** What is being said right now: the whole text so far, replaced (never appended) by the next one. */
export const partialSchema = z.object({ role: speakerSchema, text: z.string(), at: z.iso.datetime() });

export type HeardLine = z.infer<typeof heardLineSchema>;
export type Line = z.infer<typeof lineSchema>;
export type LineFilter = z.infer<typeof lineFilterSchema>;
export type LineSource = Line["source"];
export type PartialLine = z.infer<typeof partialSchema>;
