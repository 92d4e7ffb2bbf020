"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { stepLabel } from "@/components/analytics/step-label";
import { type Analytics, type Metric, type MetricName, metrics } from "@/lib/analytics/analytics";

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

interface StepsChartProps {
  steps: Analytics["steps"];
  name: MetricName;
  zone: string;
  onChoose: (step: Analytics["steps"][number]) => void;
}

const tick = { fill: "var(--muted)", fontSize: 12 };

/** One figure over time: a bar a step, which can be chosen. Nothing moves. For eyes only: its table says the same. */
export function StepsChart({ steps, name, zone, onChoose }: StepsChartProps) {
  const metric = metrics[name];
  const bars = steps.map((step) => ({ step, label: stepLabel(step, zone), value: step.figures[name] }));
  return (
    <ResponsiveContainer width="100%" height={240}>
      <BarChart data={bars} accessibilityLayer={false} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
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
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          content={(tip) => <StepTip tip={tip} metric={metric} />}
        />
        <Bar
          dataKey="value"
          fill="var(--accent)"
          radius={[3, 3, 0, 0]}
          maxBarSize={48}
          isAnimationActive={false}
          className="cursor-pointer"
          onClick={(_, index) => {
            const bar = bars[index];
            if (bar) onChoose(bar.step);
          }}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
