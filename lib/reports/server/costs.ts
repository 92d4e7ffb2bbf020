import { z } from "zod";
import type { CostItem } from "@/lib/calls/report";

const number = z.number().nullish().catch(null);
const text = z.string().nullish().catch(null);
const vendor = z.looseObject({ provider: text, model: text, voiceId: text }).nullish().catch(null);

const costSchema = z.looseObject({
  type: z.string(),
  cost: z.number(),
  provider: text,
  transcriber: vendor,
  model: vendor,
  voice: vendor,
  analysisType: text,
  subType: text,
  minutes: number,
  characters: number,
  promptTokens: number,
  completionTokens: number,
  promptTextTokens: number,
  promptAudioTokens: number,
  completionTextTokens: number,
  completionAudioTokens: number,
});

/** Reads Vapi's bill (`costs`, since November 2024). Skips malformed entries. */
export function readCosts(costs: readonly unknown[] | null | undefined): CostItem[] {
  return (costs ?? []).flatMap((entry) => {
    const cost = costSchema.safeParse(entry).data;
    return cost ? [toItem(cost)] : [];
  });
}

function toItem(cost: z.infer<typeof costSchema>): CostItem {
  const whose = cost.transcriber ?? cost.voice ?? cost.model;
  const tokens = sum([
    cost.promptTokens,
    cost.completionTokens,
    // Those of voicemail detection.
    cost.promptTextTokens,
    cost.promptAudioTokens,
    cost.completionTextTokens,
    cost.completionAudioTokens,
  ]);
  return {
    kind: cost.type,
    provider: whose?.provider ?? cost.provider ?? null,
    name: cost.analysisType ?? whose?.model ?? whose?.voiceId ?? null,
    usd: cost.cost,
    minutes: cost.minutes ?? null,
    characters: cost.characters ?? null,
    tokens: tokens > 0 ? tokens : null,
  };
}

const sum = (counts: readonly (number | null | undefined)[]) =>
  counts.reduce<number>((total, count) => total + (count ?? 0), 0);

/**
 * Reads `costBreakdown`: dollars by part. Vapi mixes in token and character counts, and nests the cost of the analysis
 * one level down.
 */
export function readDollars(record: Record<string, unknown> | null | undefined): Record<string, number> {
  const dollars = Object.entries(record ?? {}).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === "number" && !/Tokens$|Characters$|^total$/.test(entry[0]),
  );
  const analysis = z.record(z.string(), z.unknown()).safeParse(record?.analysisCostBreakdown).data;
  if (analysis) dollars.push(["analysis", sum(Object.values(readDollars(analysis)))]);
  return Object.fromEntries(dollars);
}

/** The inverse of `readCosts`, for one item. */
export function toCost({ kind, provider, name, usd, minutes, characters, tokens }: CostItem): object {
  return {
    type: kind,
    cost: usd,
    ...(kind === "analysis"
      ? { analysisType: name, model: { provider } }
      : { model: { provider, model: name } }),
    minutes,
    characters,
    promptTokens: tokens,
  };
}
