import * as z from "zod";
import { formatCount, formatMs } from "@/lib/format";
import { stageLabel } from "@/lib/incidents/cause-label";

const countsSchema = z.object({
  /** Calls it took part in; for a tool, its invocations; for Earshot's webhook, the assistant requests. */
  calls: z.number().int(),
  failures: z.number().int(),
  /** The p95 latency; null if not measured. */
  p95Ms: z.number().nullable(),
});

export type PartCounts = z.infer<typeof countsSchema>;

export const partStates = ["failing", "slow", "usual", "no-calls"] as const;

/** A provider, or a part of Earshot, in the stage of a call it serves. */
export const partSchema = z.object({
  stage: z.string(),
  /** Name of the provider, or of the tool in the stage `tool`; null for a part without a provider. */
  provider: z.string().nullable(),
  state: z.enum(partStates),
  /** The last 15 minutes, and the last hour. */
  quarter: countsSchema,
  hour: countsSchema,
  /** From up to six weeks, and by hour of the week once three are known (lib/rates/usual.ts); null while too little is known. */
  usual: z.object({ failureShare: z.number().nullable(), p95Ms: z.number().nullable() }),
  /** The last 24 hours by hour, oldest first. */
  steps: z.array(countsSchema.extend({ at: z.iso.datetime() })),
  /** End reasons of its failures in the last 24 hours, most frequent first. */
  reasons: z.array(z.object({ code: z.string(), calls: z.number().int() })),
});

export type Part = z.infer<typeof partSchema>;

export const providersSchema = z.object({
  at: z.iso.datetime(),
  /** Parts in trouble first, then by number of calls. */
  parts: z.array(partSchema),
});

export type Providers = z.infer<typeof providersSchema>;

/** Removes tools, for people who may not see them, because a tool's name may contain anything. */
export function withoutTools({ at, parts }: Providers): Providers {
  return { at, parts: parts.filter(({ stage }) => stage !== "tool") };
}

/** With fewer calls, a part's p95 latency is not meaningful. */
export const fewestMeasured = 20;

/** "ElevenLabs", or the stage if there is no provider. */
export const partName = ({ stage, provider }: Pick<Part, "stage" | "provider">) =>
  provider ?? stageLabel(stage);

const percent = (share: number) => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;

export const formatShare = (failures: number, calls: number) =>
  calls === 0 ? "–" : percent(failures / calls);

export const formatUsualShare = (share: number | null) => (share === null ? "–" : percent(share));

/** "ElevenLabs failed in 41 of 44 calls in the last 15 min, usually 0.3 %." Null if nothing is wrong. */
export function describePart(part: Part): string | null {
  const { quarter, hour, usual, state, stage } = part;
  const name =
    part.provider === null ? partName(part) : `${partName(part)} (${stageLabel(stage).toLowerCase()})`;
  if (state === "failing") {
    const usually = usual.failureShare === null ? "" : `, usually ${percent(usual.failureShare)}`;
    return `${name} failed in ${quarter.failures} of ${formatCount(quarter.calls, "call")} in the last 15 min${usually}.`;
  }
  const p95 = quarter.calls >= fewestMeasured ? quarter.p95Ms : hour.p95Ms;
  if (state === "slow" && p95 !== null && usual.p95Ms !== null)
    return `${name} is slow: p95 ${formatMs(p95)}, usually ${formatMs(usual.p95Ms)}.`;
  return null;
}
