import type { CostItem, Report } from "@/lib/calls/report";
import { spellKey } from "@/lib/calls/spell-key";

export interface CostPart {
  name: string;
  usd: number;
  /** What the bill says of it, the dearest first; nothing for reports without a bill. */
  items: CostItem[];
}

/** Vapi's words for one thing, in the bill (`costs`) and in the sums (`costBreakdown`), and ours. */
const parts: ReadonlyArray<readonly [kind: string, sum: string, name: string]> = [
  ["transport", "transport", "Line"],
  ["transcriber", "stt", "Speech to text"],
  ["model", "llm", "Language model"],
  ["voice", "tts", "Voice"],
  ["vapi", "vapi", "Vapi"],
  ["analysis", "analysis", "Analysis"],
  ["knowledge-base", "knowledgeBaseCost", "Knowledge base"],
  ["voicemail-detection", "voicemailDetectionCost", "Voicemail detection"],
  ["chat", "chat", "Chat"],
  ["session", "session", "Session"],
];

/**
 * What a call cost by part, the dearest first and nothing that was free. The bill is exact and tells apart who got it;
 * where it is silent of a part, the sums of Vapi's older reports speak.
 */
export function toCostParts({ costs, costBreakdown }: Pick<Report, "costs" | "costBreakdown">): CostPart[] {
  const kinds = new Set([...costs.map(({ kind }) => kind), ...Object.keys(costBreakdown).map(toKind)]);
  return [...kinds]
    .map((kind): CostPart => {
      const items = costs.filter((item) => item.kind === kind).sort((a, b) => b.usd - a.usd);
      const [, sum = kind, name = spellKey(kind)] = parts.find(([known]) => known === kind) ?? [];
      const billed = items.reduce((total, item) => total + item.usd, 0);
      return {
        name,
        usd: items.length > 0 ? billed : (costBreakdown[sum] ?? 0),
        items: items.filter(({ usd }) => usd > 0),
      };
    })
    .filter(({ usd }) => usd > 0)
    .sort((a, b) => b.usd - a.usd);
}

function toKind(sum: string): string {
  return parts.find(([, known]) => known === sum)?.[0] ?? sum;
}
