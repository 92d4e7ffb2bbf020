"use client";

import { useQuery } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { OpenAlerts, useHeldAlerts } from "@/components/alerts/open-alerts";
import { PastAlerts } from "@/components/alerts/past-alerts";
import { PastVersionAlerts } from "@/components/analytics/past-version-alerts";
import { PastIncidents } from "@/components/incidents/past-incidents";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { NewsButton } from "@/components/ui/news-button";
import { Skeleton } from "@/components/ui/panel";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";
import { formatCount } from "@/lib/format";

const none: readonly Alert[] = [];

const keys = [
  ["j", "next"],
  ["k", "previous"],
  ["a", "acknowledge"],
  ["m", "assign to me"],
  ["s", "snooze"],
  ["e", "resolve"],
] as const;

/** Keyboard shortcuts of the page; hidden on a phone. */
export function KeysHint() {
  const { canAct } = useAlertsContext();
  const offered = canAct ? keys : keys.slice(0, 2);
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs max-sm:hidden sm:ml-auto">
      {offered.map(([key, does]) => (
        <span key={key} className="inline-flex items-center gap-1">
          <Kbd>{key}</Kbd> {does}
        </span>
      ))}
    </p>
  );
}

/** Open and past alerts. */
export function AlertCenter() {
  const { data, error, refetch } = useQuery(openAlertsQuery);
  const open = useHeldAlerts(data ?? none);
  const { added, moved, release } = open;
  return (
    <div className="grid w-full grid-cols-[minmax(0,1fr)] gap-8 py-4">
      <section aria-labelledby="open-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 sm:px-4">
          <h1 id="open-alerts" className="font-semibold text-xl">
            Alerts
          </h1>
          <NewsButton
            count={added || moved}
            label={added > 0 ? formatCount(added, "new alert") : "Update order"}
            onShow={release}
            className="sm:w-36"
          />
          <KeysHint />
        </div>
        {error && (
          <p role="alert" className="px-3 sm:px-4">
            {data ? "This list may be out of date: " : ""}
            {error.message} <Button onClick={() => refetch()}>Try again</Button>
          </p>
        )}
        {data ? <OpenAlerts alerts={open} /> : !error && <Skeleton className="mx-4 h-24" />}
      </section>
      <PastIncidents />
      <PastVersionAlerts />
      <section aria-labelledby="past-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="past-alerts" className="px-3 font-semibold text-base sm:px-4">
          History
        </h2>
        <PastAlerts recent={data?.filter((alert) => !isOngoing(alert)) ?? []} />
      </section>
    </div>
  );
}
