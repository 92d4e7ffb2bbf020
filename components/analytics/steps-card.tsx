"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Card } from "@/components/analytics/card";
import { StepsTable } from "@/components/analytics/steps-table";
import { TableButton } from "@/components/analytics/table-button";
import { toReportsHref } from "@/components/analytics/to-reports-href";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import { dayOf, metricNames, metrics } from "@/lib/analytics/analytics";

const StepsChart = dynamic(
  () => import("@/components/analytics/steps-chart").then((module) => module.StepsChart),
  { ssr: false, loading: () => <Skeleton className="h-60" /> },
);

interface StepsCardProps {
  steps: Analytics["steps"];
  filter: AnalyticsFilter;
}

/** A figure of one's choice over time, as a chart or as the table behind it, which has them all. */
export function StepsCard({ steps, filter }: StepsCardProps) {
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
            disabled={isTable}
            onChange={({ target }) =>
              setParams({ metric: metricNames.find((name) => name === target.value) ?? null })
            }
          >
            {metricNames.map((name) => (
              <option key={name} value={name}>
                {metrics[name].label}
              </option>
            ))}
          </Select>
          <TableButton isTable={isTable} onToggle={() => setTable(!isTable)} />
        </div>
      }
    >
      {!isTable && (
        <div aria-hidden>
          <StepsChart
            steps={steps}
            name={metric}
            zone={filter.zone}
            onChoose={(step) => {
              router.push(`/reports?${new URLSearchParams(toHref(step).query)}`);
            }}
          />
        </div>
      )}
      <StepsTable steps={steps} zone={filter.zone} toHref={toHref} isHidden={!isTable} />
    </Card>
  );
}
