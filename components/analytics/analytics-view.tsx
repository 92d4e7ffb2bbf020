"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import { use, useSyncExternalStore } from "react";
import { AnalyticsCards } from "@/components/analytics/analytics-cards";
import { AnalyticsHead } from "@/components/analytics/analytics-head";
import { AnalyticsToolbar } from "@/components/analytics/analytics-toolbar";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { WorseVersionsBanner } from "@/components/analytics/worse-versions-banner";
import { clock, RenderedAt } from "@/components/clock/clock";
import { useViewerZone } from "@/components/clock/use-zone";
import { Button } from "@/components/ui/button";
import { DataAge } from "@/components/ui/data-age";
import { Link } from "@/components/ui/link";
import { Notice, Skeleton } from "@/components/ui/panel";
import { type Analytics, type AnalyticsFilter, analyticsFilterSchema } from "@/lib/analytics/analytics";
import { analyticsQuery } from "@/lib/analytics/queries";
import { toDays } from "@/lib/periods";
import { dayOf, isTimeZone } from "@/lib/zones";

/** Placeholder while the figures are computed. */
export function AnalyticsSkeleton() {
  return (
    <div className="grid gap-4 px-3 sm:gap-6 sm:px-0">
      <p role="status" className="sr-only">
        Loading…
      </p>
      <Skeleton className="h-44" />
      <Skeleton className="h-72" />
      <Skeleton className="h-64" />
    </div>
  );
}

interface ComparedWithProps {
  analytics: Pick<Analytics, "period" | "before">;
  zone: string;
}

/** The period shown and the one it is compared with. */
export function ComparedWith({ analytics: { period, before }, zone }: ComparedWithProps) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const words = ({ from, until }: { from: string; until: string }) =>
    format.formatRange(new Date(from), new Date(until));
  return (
    <p className="text-muted text-xs">
      {words(period)}, compared with {words(before)}
    </p>
  );
}

/** Today in a zone, like "2026-08-31"; null if the zone is not known yet. Re-renders its component once a day. */
export function useToday(zone: string | null): string | null {
  const renderedAt = use(RenderedAt);
  return useSyncExternalStore(
    clock.watch,
    () => zone && dayOf(clock.getNow(renderedAt), zone),
    () => null,
  );
}

/** The filter from the URL, or what is wrong with it; neither before the browser's time zone is known. */
export function useAnalyticsFilter(): { filter: AnalyticsFilter | null; problem: string | null } {
  const [{ period, from, to, zone: wantedZone, assistant, number }] = useAnalyticsParams();
  const viewerZone = useViewerZone();
  // An invalid zone is reported below; the clock needs a valid one until then.
  const zone = wantedZone !== null && isTimeZone(wantedZone) ? wantedZone : viewerZone;
  const today = useToday(zone);
  if (zone === null || today === null) return { filter: null, problem: null };
  const days = period === "custom" ? { from: from ?? today, to: to ?? today } : toDays(period, today);
  const parsed = analyticsFilterSchema.safeParse({
    ...days,
    zone: wantedZone ?? zone,
    ...(assistant !== null && { assistant }),
    ...(number !== null && { number }),
  });
  if (parsed.success) return { filter: parsed.data, problem: null };
  const [issue] = parsed.error.issues;
  return { filter: null, problem: `${issue?.path.join(".")} ${issue?.message}` };
}

const noFilter = { from: "2000-01-01", to: "2000-01-01", zone: "UTC" };

interface AnalyticsViewProps {
  /** Whether the viewer sees no numbers. */
  isMasked: boolean;
  /** Whether the viewer may import past calls. */
  canImport: boolean;
}

/** Analytics of calls over a period. */
export function AnalyticsView({ isMasked, canImport }: AnalyticsViewProps) {
  const { filter, problem } = useAnalyticsFilter();
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...analyticsQuery(filter ?? noFilter),
    enabled: filter !== null,
  });
  const isEmpty = data && data.total.figures.calls === 0 && data.total.before.calls === 0;
  return (
    <div className="grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] gap-4 py-4 sm:gap-6 sm:px-4">
      <AnalyticsHead
        about={
          <>
            {data && filter && <ComparedWith analytics={data} zone={filter.zone} />}
            <DataAge behindSeconds={data?.behindSeconds} />
          </>
        }
      >
        <AnalyticsToolbar analytics={data} isMasked={isMasked} />
      </AnalyticsHead>
      <WorseVersionsBanner />
      {problem && (
        <p role="alert" className="px-3 sm:px-0">
          Invalid range: {problem}.
        </p>
      )}
      {error && (
        <p role="alert" className="px-3 sm:px-0">
          {data ? "Out of date: " : ""}
          {error.message} <Button onClick={() => refetch()}>Try again</Button>
        </p>
      )}
      {isEmpty && (
        <Notice
          icon={<ChartNoAxesColumn aria-hidden />}
          title="No calls ended in this period or the one before"
        >
          Choose another period
          {canImport && (
            <>
              , or{" "}
              <Link href="/settings/import" className="underline">
                import past calls from Vapi
              </Link>
            </>
          )}
          .
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
      {!data && !error && !problem && <AnalyticsSkeleton />}
    </div>
  );
}
