import { z } from "zod";

/** Vapi's `AssistantSpeechWordAlignmentTiming` and `AssistantSpeechWordProgressTiming`. */
export const speechTimingSchema = z
  .union([
    z.looseObject({ type: z.literal("word-alignment"), words: z.array(z.string()) }),
    z.looseObject({
      type: z.literal("word-progress"),
      wordsSpoken: z.number(),
      segment: z.string().nullish().catch(null),
    }),
  ])
  .nullish()
  .catch(null);

/**
 * How much of a turn's text has been spoken, by the timing that came with it. Without timing the text is what is
 * spoken: Vapi then sends it while its audio plays. Null where one event alone cannot tell: the words being spoken
 * stand in the text twice, or not as they are. The next event can.
 */
export function findSpokenPart(text: string, timing: z.infer<typeof speechTimingSchema>): string | null {
  if (!timing) return text.trim() || null;
  if (timing.type === "word-progress") return takeWords(text, timing.wordsSpoken);
  const segment = timing.words.join("").trim();
  const at = text.indexOf(segment);
  const isClear = segment !== "" && at >= 0 && text.indexOf(segment, at + 1) < 0;
  return isClear ? text.slice(0, at + segment.length).trim() : null;
}

function takeWords(text: string, count: number): string | null {
  const words = text.matchAll(/\S+/g);
  const last = [...words].slice(0, Math.max(0, Math.floor(count))).at(-1);
  return last ? text.slice(0, last.index + last[0].length).trim() : null;
}
