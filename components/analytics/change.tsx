import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Metric } from "@/lib/analytics/analytics";
import { describeChange } from "@/lib/analytics/compare";

const icons = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight };

interface ChangeProps {
  metric: Metric;
  now: number | null;
  before: number | null;
  callsBefore: number;
}

/** How far a figure has moved since the period before; whether that is bad news by colour, and in words for who hears it. */
export function Change({ metric, now, before, callsBefore }: ChangeProps) {
  const change = describeChange(metric, now, before, callsBefore);
  if (!change) return <span className="text-muted">No calls before</span>;
  const Icon = icons[change.direction];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1",
        change.isBetter === false ? "font-medium text-danger" : "text-muted",
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span>
        {change.direction === "same" ? "Unchanged" : change.words}
        {change.isBetter !== null && (
          <span className="sr-only">{change.isBetter ? ", better" : ", worse"}</span>
        )}
      </span>
    </span>
  );
}
