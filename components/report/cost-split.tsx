import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import { formatCost } from "@/lib/calls/format-cost";

const names: Readonly<Record<string, string>> = {
  transport: "Line",
  stt: "Speech to text",
  llm: "Language model",
  tts: "Voice",
  vapi: "Vapi",
  analysis: "Analysis",
};

interface CostSplitProps {
  /** US dollars by part, by Vapi's names. */
  breakdown: Readonly<Record<string, number>>;
  totalUsd: number | null;
}

/** What a call cost and for what, the dearest part first. */
export function CostSplit({ breakdown, totalUsd }: CostSplitProps) {
  const parts = Object.entries(breakdown)
    .filter(([part, usd]) => part !== "total" && usd > 0)
    .sort(([, a], [, b]) => b - a);
  if (parts.length === 0) return null;
  return (
    <Panel title="Cost" aside={totalUsd !== null && formatCost(totalUsd)}>
      <Figures rows={parts.map(([part, usd]) => [names[part] ?? part, formatCost(usd)] as const)} />
    </Panel>
  );
}
