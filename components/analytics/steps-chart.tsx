"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { stepLabel } from "@/components/analytics/step-label";
import { type Analytics, type Metric, type MetricName, metrics } from "@/lib/analytics/analytics";

/** What a step says under the pointer. */
export function StepTip({ tip, metric }: { tip: TooltipContentProps; metric: Metric }) {
  if (!tip.active) return null;
  const say = (key: string) => {
    const value = tip.payload.find(({ dataKey }) => dataKey === key)?.value;
    return typeof value === "number" ? metric.format(value) : "–";
  };
  return (
    <div className="rounded-md bg-ink px-2 py-1 text-bg text-xs shadow-lg">
      <div>{tip.label}</div>
      <div className="font-semibold">
        {metric.label} {say("value")}
      </div>
      <div>Previous {say("before")}</div>
    </div>
  );
}

interface StepsChartProps {
  steps: Analytics["steps"];
  deploys: Analytics["deploys"];
  name: MetricName;
  zone: string;
  onChoose: (step: Analytics["steps"][number]) => void;
}

const tick = { fill: "var(--muted)", fontSize: 12 };

/**
 * One figure over time, the period before behind it, and a mark where a version changed; a step can be chosen. Nothing moves. For
 * eyes only: its table says the same.
 */
export function StepsChart({ steps, deploys, name, zone, onChoose }: StepsChartProps) {
  const metric = metrics[name];
  const points = steps.map((step) => ({
    label: stepLabel(step, zone),
    value: step.figures[name],
    before: step.before[name],
    hasDeploy: deploys.some(({ at }) => at >= step.from && at < step.until),
  }));
  return (
    <ResponsiveContainer width="100%" height={240}>
      <LineChart
        data={points}
        accessibilityLayer={false}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        className="cursor-pointer"
        onClick={({ activeTooltipIndex }) => {
          const step = steps[Number(activeTooltipIndex)];
          if (step) onChoose(step);
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={tick} tickLine={false} stroke="var(--line-strong)" minTickGap={24} />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          width={64}
          allowDecimals={name !== "calls"}
          tickFormatter={(value: number) => metric.format(value)}
        />
        <Tooltip
          cursor={{ stroke: "var(--line-strong)" }}
          isAnimationActive={false}
          content={(tip) => <StepTip tip={tip} metric={metric} />}
        />
        {points.map(
          ({ label, hasDeploy }) =>
            hasDeploy && <ReferenceLine key={label} x={label} stroke="var(--ink)" strokeDasharray="2 3" />,
        )}
        <Line
          dataKey="before"
          stroke="var(--faint)"
          strokeDasharray="4 3"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="value"
          stroke="var(--accent)"
          strokeWidth={2}
          dot={{ r: 2.5, fill: "var(--accent)", strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
