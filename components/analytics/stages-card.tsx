"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Card, Change, TableButton, toReportsHref } from "@/components/analytics/card";
import { PartsCard } from "@/components/analytics/parts-card";
import { ChartLegend, StepsChart } from "@/components/analytics/steps-card";
import type { ChartLine } from "@/components/analytics/steps-chart";
import { TimeTable } from "@/components/analytics/time-table";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Select } from "@/components/ui/select";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import { stagesQuery } from "@/lib/analytics/queries";
import {
  p50Metric,
  p95Metric,
  providerMetrics,
  type StageAnalytics,
  stageLabels,
} from "@/lib/analytics/stages";
import { latencyStages } from "@/lib/calls/report";
import { formatMs } from "@/lib/format";
import { dayOf } from "@/lib/zones";

const count = new Intl.NumberFormat("en-GB");
const time = (ms: number | null) => (ms === null ? "–" : formatMs(ms));

/** Each response stage over the whole period. */
function StagesTable({ figures, before }: Pick<StageAnalytics, "figures" | "before">) {
  return (
    <ScrollRegion label="Table of stages" className="overflow-x-auto">
      <table className="w-full whitespace-nowrap text-right text-sm">
        <caption className="sr-only">Response time by stage</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="py-1.5 text-left font-normal">
              Stage
            </th>
            <th scope="col" className="py-1.5 pl-3 font-normal" title={p50Metric.about}>
              Median
            </th>
            <th scope="col" className="py-1.5 pl-3 font-normal" title={p95Metric.about}>
              p95
            </th>
            <th scope="col" className="py-1.5 pl-3 font-normal">
              Replies
            </th>
          </tr>
        </thead>
        <tbody>
          {latencyStages.map((stage) => (
            <tr key={stage} className="border-line border-t align-top">
              <th scope="row" className="py-2 text-left font-normal">
                {stageLabels[stage]}
              </th>
              {(["p50Ms", "p95Ms"] as const).map((name) => (
                <td key={name} className="py-2 pl-3">
                  <div>{time(figures[stage][name])}</div>
                  {before[stage].replies > 0 && figures[stage].replies > 0 && (
                    <div className="text-xs">
                      <Change
                        metric={name === "p50Ms" ? p50Metric : p95Metric}
                        now={figures[stage][name]}
                        before={before[stage][name]}
                        callsBefore={before[stage].replies}
                      />
                    </div>
                  )}
                </td>
              ))}
              <td className="py-2 pl-3">{count.format(figures[stage].replies)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Median and p95 of every stage, for the table over time. */
const stageColumns = latencyStages.map((stage) => ({
  name: stage,
  label: stageLabels[stage],
  format: ({ figures }: StageAnalytics["steps"][number]) => {
    const { replies, p50Ms, p95Ms } = figures[stage];
    return replies === 0 ? "–" : `${time(p50Ms)} · ${time(p95Ms)}`;
  },
}));

interface StagesCardProps {
  filter: AnalyticsFilter;
  deploys: Analytics["deploys"];
}

/** The stages of a response and how long each takes, followed by the provider of each stage. */
export function StagesCard({ filter, deploys }: StagesCardProps) {
  const { data, error, refetch } = useQuery(stagesQuery(filter));
  const [{ stage }, setParams] = useAnalyticsParams();
  const [isTable, setTable] = useState(false);
  const router = useRouter();
  const lines: readonly ChartLine[] = [
    {
      label: "Previous p95",
      style: "before",
      values: data?.steps.map((step) => step.before[stage].p95Ms) ?? [],
    },
    { label: "p95", style: "second", values: data?.steps.map((step) => step.figures[stage].p95Ms) ?? [] },
    { label: "Median", style: "main", values: data?.steps.map((step) => step.figures[stage].p50Ms) ?? [] },
  ];
  if (error && !data)
    return (
      <p role="alert" className="px-3 sm:px-0">
        Could not load response times by stage. {error.message}{" "}
        <Button onClick={() => refetch()}>Try again</Button>
      </p>
    );
  if (!data) return <Skeleton className="h-96" />;
  const hasReplies = latencyStages.some((each) => data.figures[each].replies > 0);
  return (
    <>
      <Card
        title="Response time by stage"
        aside={
          hasReplies && (
            <div className="flex items-center gap-2">
              <Select
                label="Stage over time"
                value={stage}
                options={latencyStages.map((value) => ({ value, label: stageLabels[value] }))}
                disabled={isTable}
                onChange={(value) => setParams({ stage: value })}
              />
              <TableButton isTable={isTable} onToggle={() => setTable(!isTable)} />
            </div>
          )
        }
      >
        {hasReplies ? (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-3">
              {!isTable && (
                <>
                  <div aria-hidden>
                    <StepsChart
                      steps={data.steps}
                      deploys={deploys}
                      title={stageLabels[stage]}
                      lines={lines}
                      format={formatMs}
                      isWhole={false}
                      zone={filter.zone}
                      onChoose={({ from }) => {
                        const day = dayOf(Date.parse(from), filter.zone);
                        const { query } = toReportsHref(filter, { from: day, to: day });
                        router.push(`/reports?${new URLSearchParams(query)}`);
                      }}
                    />
                  </div>
                  <ChartLegend lines={lines} deploys={deploys} filter={filter} />
                </>
              )}
              <TimeTable
                label="Stages over time"
                caption="Stages over time, median and p95"
                steps={data.steps}
                columns={stageColumns}
                zone={filter.zone}
                toHref={null}
                isHidden={!isTable}
              />
            </div>
            <StagesTable figures={data.figures} before={data.before} />
          </div>
        ) : (
          <p className="text-muted text-sm">
            No response times in these calls. Vapi’s reports have them since December 2025.
          </p>
        )}
      </Card>
      {data.providers.length > 0 && (
        <PartsCard
          title="Providers"
          noun="Provider"
          columns={providerMetrics}
          chosen={null}
          onChoose={null}
          rows={data.providers.map(({ name, stage: of, figures, before }) => ({
            key: `${of} ${name}`,
            label: name,
            note: of ? stageLabels[of] : "Stage unknown",
            figures,
            before,
            href: null,
          }))}
        />
      )}
    </>
  );
}
