import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { Metric } from "@/lib/analytics/analytics";
import { describeChange } from "@/lib/analytics/compare";

const icons = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight };
const verbs = { up: "up", down: "down", same: "unchanged" };

interface ChangeProps {
  metric: Metric;
  now: number | null;
  before: number | null;
}

/** How far a figure has moved since the period before, and whether that is good news: in words, for colour means state. */
export function Change({ metric, now, before }: ChangeProps) {
  const change = describeChange(metric, now, before);
  if (!change) return <span className="text-muted">nothing to compare</span>;
  const Icon = icons[change.direction];
  return (
    <span className="inline-flex items-center gap-1 text-muted">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span>
        {verbs[change.direction]}
        {change.direction !== "same" && ` ${change.words}`}
        {change.isBetter !== null && (
          <span className={change.isBetter ? "" : "font-semibold text-ink"}>
            {change.isBetter ? ", better" : ", worse"}
          </span>
        )}
      </span>
    </span>
  );
}
