"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import { AnalyticsCards } from "@/components/analytics/analytics-cards";
import { AnalyticsSkeleton } from "@/components/analytics/analytics-skeleton";
import { AnalyticsToolbar } from "@/components/analytics/analytics-toolbar";
import { ComparedWith } from "@/components/analytics/compared-with";
import { useAnalyticsFilter } from "@/components/analytics/use-analytics-filter";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { analyticsQuery } from "@/lib/analytics/analytics";

const noFilter = { from: "2000-01-01", to: "2000-01-01", zone: "UTC" };

/** How calls went over some days. `isMasked`: whoever looks sees no numbers. */
export function AnalyticsView({ isMasked }: { isMasked: boolean }) {
  const { filter, complaint } = useAnalyticsFilter();
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...analyticsQuery(filter ?? noFilter),
    enabled: filter !== null,
  });
  const isEmpty = data && data.total.figures.calls === 0 && data.total.before.calls === 0;
  return (
    <div className="mx-auto grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] gap-4 py-4 sm:gap-6 sm:px-4 sm:py-6">
      <div className="flex flex-wrap items-center justify-between gap-3 px-3 sm:px-0">
        <div>
          <h1 className="font-semibold text-xl">Analytics</h1>
          {data && filter && <ComparedWith analytics={data} zone={filter.zone} />}
        </div>
        <AnalyticsToolbar analytics={data} isMasked={isMasked} />
      </div>
      {complaint && (
        <p role="alert" className="px-3 sm:px-0">
          These days cannot be shown: {complaint}.
        </p>
      )}
      {error && (
        <p role="alert" className="px-3 sm:px-0">
          {data ? "What is shown may be old: " : ""}
          {error.message} <Button onClick={() => refetch()}>Try again</Button>
        </p>
      )}
      {isEmpty && (
        <Notice
          icon={<ChartNoAxesColumn aria-hidden />}
          title="No call ended in these days, nor before them."
        >
          Choose other days, or bring in past calls with <code>npm run import</code>.
        </Notice>
      )}
      {data && filter && !isEmpty && (
        <div
          aria-busy={isPlaceholderData}
          className={`grid grid-cols-[minmax(0,1fr)] gap-4 sm:gap-6 ${isPlaceholderData ? "opacity-60" : ""}`}
        >
          <AnalyticsCards analytics={data} filter={filter} isMasked={isMasked} />
        </div>
      )}
      {!data && !error && !complaint && <AnalyticsSkeleton />}
    </div>
  );
}
