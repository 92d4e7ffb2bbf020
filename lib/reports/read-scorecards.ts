import { z } from "zod";
import type { Scorecard } from "@/lib/calls/report";

const number = z.number().nullish().catch(null);

const scorecardSchema = z.looseObject({
  name: z.string().nullish().catch(null),
  score: number,
  scoreNormalized: number,
  metricPoints: z.record(z.string(), z.unknown()).nullish().catch(null),
});

type Entries = Readonly<Record<string, unknown>> | null | undefined;

const namedSchema = z.looseObject({ name: z.string().min(1) });

/** `artifact.scorecards`: by id `{ name, score, scoreNormalized, metricPoints }`, points by the structured output's id. */
export function readScorecards(scorecards: Entries, outputs: Entries): Scorecard[] {
  const nameOf = (id: string) => namedSchema.safeParse(outputs?.[id]).data?.name ?? id;
  return Object.entries(scorecards ?? {}).flatMap(([id, entry]) => {
    const read = scorecardSchema.safeParse(entry).data;
    if (!read) return [];
    const points = Object.entries(read.metricPoints ?? {}).flatMap(([output, won]) =>
      typeof won === "number" ? [{ of: nameOf(output), points: won }] : [],
    );
    const { name = null, score = null, scoreNormalized = null } = read;
    return [{ id, name, score, percent: scoreNormalized, points }];
  });
}
