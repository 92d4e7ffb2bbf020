"use client";

import { ChartLine, Rocket, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Card } from "@/components/analytics/card";
import { stepLabel } from "@/components/analytics/step-label";
import { toReportsHref } from "@/components/analytics/to-reports-href";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Select } from "@/components/ui/select";
import { type Analytics, type AnalyticsFilter, metricNames, metrics } from "@/lib/analytics/analytics";
import { dayOf } from "@/lib/zones";

interface StepsTableProps {
  steps: Analytics["steps"];
  zone: string;
  toHref: (step: Analytics["steps"][number]) => ReturnType<typeof toReportsHref>;
  /** Read out only, beside the chart: links that nobody sees must not be reached by the keyboard. */
  isHidden: boolean;
}

/** Every figure over time. */
export function StepsTable({ steps, zone, toHref, isHidden }: StepsTableProps) {
  const table = (
    <table className="w-full whitespace-nowrap text-right text-sm">
      <caption className="sr-only">Figures over time</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-1.5 pr-3 text-left font-normal">
            From
          </th>
          {metricNames.map((name) => (
            <th key={name} scope="col" className="py-1.5 pl-3 font-normal">
              {metrics[name].label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.from} className="border-line border-t">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal">
              {isHidden ? (
                stepLabel(step, zone)
              ) : (
                <Link href={toHref(step)} prefetch={false} className="text-accent underline">
                  {stepLabel(step, zone)}
                </Link>
              )}
            </th>
            {metricNames.map((name) => {
              const value = step.figures[name];
              return (
                <td key={name} className="py-1.5 pl-3">
                  {value === null ? "–" : metrics[name].format(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (isHidden) return <div className="sr-only">{table}</div>;
  return (
    <ScrollRegion label="Figures over time" className="max-h-96 overflow-auto">
      {table}
    </ScrollRegion>
  );
}

/** From a chart to the table behind it, and back. */
export function TableButton({ isTable, onToggle }: { isTable: boolean; onToggle: () => void }) {
  return (
    <Button size="small" className="h-8" onClick={onToggle}>
      {isTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
      {isTable ? "Show the chart" : "Show the table"}
    </Button>
  );
}

const StepsChart = dynamic(
  () => import("@/components/analytics/steps-chart").then((module) => module.StepsChart),
  { ssr: false, loading: () => <Skeleton className="h-60" /> },
);

/** Which line is which, and where versions changed: each leads to that version's reports. */
function ChartLegend({ deploys, filter }: Pick<StepsCardProps, "deploys" | "filter">) {
  return (
    <ul aria-label="Legend" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-0.5 w-5 bg-accent" /> This period
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="w-5 border-faint border-t-2 border-dashed" /> Previous
      </li>
      {deploys.map(({ at, assistant, name, version }) => (
        <li key={`${assistant} ${version}`} className="flex min-w-0 items-center gap-1.5">
          <Rocket aria-hidden className="size-3.5 shrink-0" />
          <Link
            href={toReportsHref(filter, { assistant, version })}
            prefetch={false}
            className="wrap-anywhere inline-flex min-h-6 items-center underline pointer-coarse:min-h-11"
          >
            {`${name} · ${version}, ${dayOf(Date.parse(at), filter.zone)}`}
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface StepsCardProps {
  steps: Analytics["steps"];
  deploys: Analytics["deploys"];
  filter: AnalyticsFilter;
}

/** A figure of one's choice over time, as a chart or as the table behind it, which has them all. */
export function StepsCard({ steps, deploys, filter }: StepsCardProps) {
  const [{ metric }, setParams] = useAnalyticsParams();
  const router = useRouter();
  const [isTable, setTable] = useState(false);
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
            name={metric}
            zone={filter.zone}
            onChoose={(step) => {
              router.push(`/reports?${new URLSearchParams(toHref(step).query)}`);
            }}
          />
        </div>
      )}
      <ChartLegend deploys={deploys} filter={filter} />
      <StepsTable steps={steps} zone={filter.zone} toHref={toHref} isHidden={!isTable} />
    </Card>
  );
}
