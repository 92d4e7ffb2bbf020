"use client";

import { useQuery } from "@tanstack/react-query";
import { AlarmPanel } from "@/components/alerts/alarm-panel";
import { KeysHint } from "@/components/alerts/keys-hint";
import { OpenAlerts } from "@/components/alerts/open-alerts";
import { PastAlerts } from "@/components/alerts/past-alerts";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { isOngoing } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";

/** Everything there is about alerts: what is going on, how one wants to be told, what there has been. */
export function AlertCenter() {
  const { data, error, refetch } = useQuery(openAlertsQuery);
  return (
    <div className="mx-auto grid w-full max-w-5xl grid-cols-[minmax(0,1fr)] gap-8 py-4 sm:py-6">
      <section aria-labelledby="open-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2 px-3 sm:px-4">
          <h1 id="open-alerts" className="font-semibold text-xl">
            Alerts
          </h1>
          <KeysHint />
        </div>
        {error && (
          <p role="alert" className="px-3 sm:px-4">
            {data ? "What is shown may be old: " : ""}
            {error.message} <Button onClick={() => refetch()}>Try again</Button>
          </p>
        )}
        {data ? <OpenAlerts alerts={data.filter(isOngoing)} /> : !error && <Skeleton className="mx-4 h-24" />}
      </section>
      <AlarmPanel />
      <section aria-labelledby="past-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="past-alerts" className="px-3 font-semibold text-base sm:px-4">
          History
        </h2>
        <PastAlerts recent={data?.filter((alert) => !isOngoing(alert)) ?? []} />
      </section>
    </div>
  );
}
