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
import { stepLabel } from "@/components/analytics/card";
import type { Analytics } from "@/lib/analytics/analytics";

export interface ChartLine {
  label: string;
  style: "main" | "second" | "before";
  /** One value per step. */
  values: readonly (number | null)[];
}

interface StepTipProps extends Pick<StepsChartProps, "title" | "lines" | "format"> {
  tip: TooltipContentProps;
}

/** Tooltip of a step: its time and the value of each line. */
export function StepTip({ tip, title, lines, format }: StepTipProps) {
  if (!tip.active) return null;
  return (
    <div className="rounded-md bg-ink px-2 py-1 text-bg text-xs shadow-lg">
      <div>
        {title} · {tip.label}
      </div>
      {lines.toReversed().map(({ label, style }) => {
        const value = tip.payload.find(({ dataKey }) => dataKey === label)?.value;
        return (
          <div key={label} className={style === "before" ? undefined : "font-semibold"}>
            {label} {typeof value === "number" ? format(value) : "–"}
          </div>
        );
      })}
    </div>
  );
}

interface StepsChartProps {
  steps: ReadonlyArray<{ from: string; until: string }>;
  deploys: Analytics["deploys"];
  /** Name of the figure the lines show. */
  title: string;
  /** Drawn in this order, so the last one lies on top. */
  lines: readonly ChartLine[];
  format: (value: number) => string;
  /** Whether the figure takes only whole numbers. */
  isWhole: boolean;
  zone: string;
  onChoose: (step: { from: string; until: string }) => void;
}

const tick = { fill: "var(--muted)", fontSize: 12 };

const strokes = {
  main: {
    stroke: "var(--accent)",
    strokeWidth: 2,
    dot: { r: 2.5, fill: "var(--accent)", strokeWidth: 0 },
  },
  second: { stroke: "var(--ink)", strokeWidth: 1.5, dot: { r: 2, fill: "var(--ink)", strokeWidth: 0 } },
  before: { stroke: "var(--faint)", strokeDasharray: "4 3", dot: false, activeDot: false },
} as const;

/**
 * Lines over time, with a mark where a version changed. A step can be selected. Nothing is animated. Hidden from screen
 * readers, which get the same data from a table.
 */
export function StepsChart({
  steps,
  deploys,
  title,
  lines,
  format,
  isWhole,
  zone,
  onChoose,
}: StepsChartProps) {
  const points = steps.map((step, index) => ({
    step: stepLabel(step, zone),
    hasDeploy: deploys.some(({ at }) => at >= step.from && at < step.until),
    ...Object.fromEntries(lines.map(({ label, values }) => [label, values[index] ?? null])),
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
        <XAxis dataKey="step" tick={tick} tickLine={false} stroke="var(--line-strong)" minTickGap={24} />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          width={64}
          allowDecimals={!isWhole}
          tickFormatter={format}
        />
        <Tooltip
          cursor={{ stroke: "var(--line-strong)" }}
          isAnimationActive={false}
          content={(tip) => <StepTip tip={tip} title={title} lines={lines} format={format} />}
        />
        {points.map(
          ({ step, hasDeploy }) =>
            hasDeploy && <ReferenceLine key={step} x={step} stroke="var(--ink)" strokeDasharray="2 3" />,
        )}
        {lines.map(({ label, style }) => (
          <Line key={label} dataKey={label} isAnimationActive={false} {...strokes[style]} />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
