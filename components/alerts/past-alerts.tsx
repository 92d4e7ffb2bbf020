"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { PastAlert } from "@/components/alerts/past-alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { joinAlert } from "@/lib/alerts/acts";
import type { Alert } from "@/lib/alerts/alert";
import { isOngoing } from "@/lib/alerts/alert";
import { alertHistoryQuery } from "@/lib/alerts/queries";

/** Alerts that are over, newest first. `recent`: what was open and has closed since the page came. */
export function PastAlerts({ recent }: { recent: readonly Alert[] }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(alertHistoryQuery);
  const known = data?.pages.flatMap(({ alerts }) => alerts) ?? [];
  const past = toHistory([...recent, ...known]);

  if (isPending) return <Skeleton className="m-4 h-40" />;
  if (error && !data) {
    return (
      <p role="alert" className="px-4 py-3">
        The history could not be loaded: {error.message} <Button onClick={() => refetch()}>Try again</Button>
      </p>
    );
  }
  if (past.length === 0) return <p className="px-4 py-3 text-muted">There has been no alert yet.</p>;
  return (
    <>
      <ul aria-label="Past alerts" className="divide-y divide-line border-line border-y bg-surface">
        {past.map((alert) => (
          <PastAlert key={alert.id} alert={alert} />
        ))}
      </ul>
      {hasNextPage && (
        <Button className="m-4" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show older alerts
        </Button>
      )}
    </>
  );
}

/** Each once, by what is newest of it; only those that are over; newest first. */
function toHistory(alerts: readonly Alert[]): Alert[] {
  const byId = new Map<string, Alert>();
  for (const alert of alerts) {
    const known = byId.get(alert.id);
    byId.set(alert.id, known ? joinAlert(known, alert) : alert);
  }
  return [...byId.values()]
    .filter((alert) => !isOngoing(alert))
    .sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
}
