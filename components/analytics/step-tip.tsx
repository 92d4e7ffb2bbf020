import type { TooltipContentProps } from "recharts";
import type { Metric } from "@/lib/analytics/analytics";

/** What a bar says under the pointer. */
export function StepTip({
  tip: { active, label, payload },
  metric,
}: {
  tip: TooltipContentProps;
  metric: Metric;
}) {
  const value = payload?.[0]?.value;
  if (!active) return null;
  return (
    <div className="rounded-md bg-ink px-2 py-1 text-bg text-xs shadow-lg">
      <div>{label}</div>
      <div className="font-semibold">
        {metric.label} {typeof value === "number" ? metric.format(value) : "–"}
      </div>
    </div>
  );
}
