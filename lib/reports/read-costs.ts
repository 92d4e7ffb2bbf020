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
});

/** Vapi's bill (`costs`), since November 2024. What is no entry of it is passed over. */
export function readCosts(costs: readonly unknown[] | null | undefined): CostItem[] {
  return (costs ?? []).flatMap((entry) => {
    const cost = costSchema.safeParse(entry).data;
    return cost ? [toItem(cost)] : [];
  });
}

function toItem(cost: z.infer<typeof costSchema>): CostItem {
  const whose = cost.transcriber ?? cost.voice ?? cost.model;
  const tokens = (cost.promptTokens ?? 0) + (cost.completionTokens ?? 0);
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

/** `costBreakdown`: dollars by part. Vapi mixes them with counts of tokens and characters, and keeps what the analysis cost one level down. */
export function readDollars(record: Record<string, unknown> | null | undefined): Record<string, number> {
  const dollars = Object.entries(record ?? {}).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === "number" && !/Tokens$|Characters$|^total$/.test(entry[0]),
  );
  const analysis = z.record(z.string(), z.unknown()).safeParse(record?.analysisCostBreakdown).data;
  if (analysis)
    dollars.push(["analysis", Object.values(readDollars(analysis)).reduce((sum, cost) => sum + cost, 0)]);
  return Object.fromEntries(dollars);
}
