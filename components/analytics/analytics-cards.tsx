"use client";

import { FigureTiles } from "@/components/analytics/figure-tiles";
import { HoursCard } from "@/components/analytics/hours-card";
import { PartsCard } from "@/components/analytics/parts-card";
import { ReasonsCard } from "@/components/analytics/reasons-card";
import { StepsCard } from "@/components/analytics/steps-card";
import { toReportsHref } from "@/components/analytics/to-reports-href";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import { formatPhoneNumber } from "@/lib/format";

interface AnalyticsCardsProps {
  analytics: Analytics;
  filter: AnalyticsFilter;
  isMasked: boolean;
}

/** Everything there is to see, from the whole to its parts. */
export function AnalyticsCards({ analytics, filter, isMasked }: AnalyticsCardsProps) {
  const [{ assistant, number }, setParams] = useAnalyticsParams();
  return (
    <>
      <FigureTiles analytics={analytics} filter={filter} />
      <StepsCard steps={analytics.steps} filter={filter} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:gap-6 lg:grid-cols-2">
        <ReasonsCard analytics={analytics} filter={filter} />
        <HoursCard hours={analytics.hours} filter={filter} />
      </div>
      <PartsCard
        title="Assistants"
        noun="Assistant"
        chosen={assistant}
        onChoose={(key) => setParams({ assistant: key })}
        rows={analytics.assistants.map((part) => ({
          ...part,
          label: part.name || "No assistant known",
          href: part.key ? toReportsHref(filter, { assistant: part.key }) : null,
        }))}
      />
      <PartsCard
        title="Numbers"
        noun="Number"
        chosen={number}
        onChoose={isMasked ? null : (key) => setParams({ number: key })}
        rows={analytics.numbers.map((part) => ({
          ...part,
          label: part.key ? formatPhoneNumber(part.key) : "Web calls",
          href: part.key && !isMasked ? toReportsHref(filter, { number: part.key }) : null,
        }))}
      />
    </>
  );
}
