import { z } from "zod";

const toolCallsSchema = z.object({
  results: z.array(
    z.looseObject({ toolCallId: z.string(), result: z.unknown().optional(), error: z.unknown().optional() }),
  ),
});
const functionCallSchema = z.looseObject({ result: z.unknown().optional(), error: z.unknown().optional() });

/**
 * What the assistant hears of the tools it asked for, by tool call id. Of `tool-calls` every result names its call; of
 * `function-call` there is one, for the one asked. Answers that are none leave the scripted results in place.
 */
export function readToolAnswers(answer: string, asks: readonly string[]): Map<string, string> {
  const json = parse(answer);
  const results = toolCallsSchema.safeParse(json).data?.results;
  const [only] = asks;
  const heard = results ?? (only ? [{ toolCallId: only, ...functionCallSchema.safeParse(json).data }] : []);
  return new Map(
    heard.flatMap(({ toolCallId, result, error }) => {
      const text = result ?? error;
      if (text === undefined || text === null || !asks.includes(toolCallId)) return [];
      return [[toolCallId, typeof text === "string" ? text : JSON.stringify(text)] as const];
    }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
