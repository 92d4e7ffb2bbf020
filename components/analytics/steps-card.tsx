"use client";

import { Rocket } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Card, TableButton, toReportsHref } from "@/components/analytics/card";
import type { ChartLine } from "@/components/analytics/steps-chart";
import { TimeTable } from "@/components/analytics/time-table";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { loadCode } from "@/components/ui/load-later";
import { Skeleton } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { type Analytics, type AnalyticsFilter, metricNames, metrics } from "@/lib/analytics/analytics";
import { dayOf } from "@/lib/zones";

/** Every figure, for the table over time. */
const columns = metricNames.map((name) => ({
  name,
  label: metrics[name].label,
  format: ({ figures }: Analytics["steps"][number]) => {
    const value = figures[name];
    return value === null ? "–" : metrics[name].format(value);
  },
}));

/** Loaded after the figures, which are readable without the chart. */
export const StepsChart = dynamic(
  () => loadCode(() => import("@/components/analytics/steps-chart")).then((module) => module.StepsChart),
  { ssr: false, loading: () => <Skeleton className="h-60" /> },
);

interface ChartLegendProps {
  lines: readonly ChartLine[];
  deploys: Analytics["deploys"];
  filter: AnalyticsFilter;
}

/** Names the lines and the version changes; each change links to that version's reports. */
export function ChartLegend({ lines, deploys, filter }: ChartLegendProps) {
  return (
    <ul aria-label="Legend" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      {lines.map(({ label, style }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden className={classNames("w-5 border-t-2", legendLines[style])} /> {label}
        </li>
      ))}
      {deploys.map(({ at, assistant, name, version }) => (
        <li key={`${assistant} ${version}`} className="flex min-w-0 items-center gap-1.5">
          <Rocket aria-hidden className="size-3.5 shrink-0" />
          <Link
            href={toReportsHref(filter, { assistant, version })}
            className="wrap-anywhere inline-flex min-h-6 items-center underline pointer-coarse:min-h-11"
          >
            {`${name} · ${version}, ${dayOf(Date.parse(at), filter.zone)}`}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const legendLines = {
  main: "border-accent",
  second: "border-ink",
  before: "border-faint border-dashed",
} as const;

interface StepsCardProps {
  steps: Analytics["steps"];
  deploys: Analytics["deploys"];
  filter: AnalyticsFilter;
}

/** One selectable figure over time, as a chart; or all figures as a table. */
export function StepsCard({ steps, deploys, filter }: StepsCardProps) {
  const [{ metric }, setParams] = useAnalyticsParams();
  const router = useRouter();
  const [isTable, setTable] = useState(false);
  const lines: readonly ChartLine[] = [
    { label: "Previous", style: "before", values: steps.map(({ before }) => before[metric]) },
    { label: "This period", style: "main", values: steps.map(({ figures }) => figures[metric]) },
  ];
  const toHref = ({ from }: { from: string }) => {
    const day = dayOf(Date.parse(from), filter.zone);
    return toReportsHref(filter, { from: day, to: day, hang: metric === "hangRate" ? "yes" : undefined });
  };
  return (
    <Card
      title="Over time"
      aside={
        <div className="flex items-center gap-2">
          <Select
            label="Figure over time"
            value={metric}
            options={metricNames.map((name) => ({ value: name, label: metrics[name].label }))}
            disabled={isTable}
            onChange={(name) => setParams({ metric: name })}
          />
          <TableButton isTable={isTable} onToggle={() => setTable(!isTable)} />
        </div>
      }
    >
      {!isTable && (
        <div aria-hidden>
          <StepsChart
            steps={steps}
            deploys={deploys}
            title={metrics[metric].label}
            format={metrics[metric].format}
            isWhole={metric === "calls"}
            lines={lines}
            zone={filter.zone}
            onChoose={(step) => {
              router.push(`/reports?${new URLSearchParams(toHref(step).query)}`);
            }}
          />
        </div>
      )}
      <ChartLegend lines={lines} deploys={deploys} filter={filter} />
      <TimeTable
        label="Figures over time"
        caption="Figures over time"
        steps={steps}
        columns={columns}
        zone={filter.zone}
        toHref={toHref}
        isHidden={!isTable}
      />
    </Card>
  );
}
