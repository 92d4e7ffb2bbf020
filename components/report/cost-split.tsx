import { Panel } from "@/components/ui/panel";
import { describeCostItem, toCostParts } from "@/lib/calls/costs";
import type { Report } from "@/lib/calls/report";
import { formatCost } from "@/lib/format";

interface CostSplitProps {
  report: Pick<Report, "costs" | "costBreakdown">;
  totalUsd: number | null;
}

/** What a call cost, and who got it: the dearest part first, each with what the bill says of it. */
export function CostSplit({ report, totalUsd }: CostSplitProps) {
  const parts = toCostParts(report);
  if (parts.length === 0) return null;
  const sum = parts.reduce((total, { usd }) => total + usd, 0);
  return (
    <Panel title="Cost" aside={formatCost(totalUsd ?? sum)}>
      <ul className="grid gap-2.5">
        {parts.map(({ name, usd, items }) => (
          <li key={name} className="grid gap-1">
            <div className="flex items-baseline justify-between gap-4">
              <span>{name}</span>
              <span>{formatCost(usd)}</span>
            </div>
            <div aria-hidden className="h-1 overflow-hidden rounded-full bg-hover">
              <div className="h-full rounded-full bg-faint" style={{ width: `${(usd / sum) * 100}%` }} />
            </div>
            {items.map((item, index) => {
              const { whose, amount } = describeCostItem(item);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: entries of a bill are told apart by nothing but their order.
                <p key={index} className="flex justify-between gap-4 text-muted text-xs">
                  <span className="min-w-0 truncate">{whose}</span>
                  <span className="whitespace-nowrap">
                    {[amount, items.length > 1 && formatCost(item.usd)].filter(Boolean).join(" · ")}
                  </span>
                </p>
              );
            })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
