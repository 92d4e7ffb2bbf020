import type { CostItem } from "@/lib/calls/report";
import { spellKey } from "@/lib/calls/spell-key";

const count = new Intl.NumberFormat("en");

/** Whose an entry of the bill is, and how much of it: "openai gpt-4o-mini", "594,724 tokens". */
export function describeCostItem(item: CostItem): { whose: string; amount: string | null } {
  const name = item.kind === "analysis" && item.name ? spellKey(item.name) : item.name;
  return {
    whose: [item.provider, name].filter(Boolean).join(" · ") || spellKey(item.kind),
    amount: amountOf(item),
  };
}

function amountOf({ minutes, characters, tokens }: CostItem): string | null {
  if (tokens !== null) return `${count.format(tokens)} tokens`;
  if (characters !== null) return `${count.format(characters)} characters`;
  return minutes === null ? null : `${minutes.toFixed(1)} min`;
}
