"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { NoteButton } from "@/components/alerts/action-buttons";
import { AlertLog, AlertStanding, FiredRuleLine, LiveLength } from "@/components/alerts/alert-parts";
import { kindIcons } from "@/components/alerts/alert-style";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlertActions } from "@/components/alerts/use-alert-actions";
import { useAlertChips, useAlertFilter } from "@/components/alerts/use-alert-filter";
import { CallLink } from "@/components/calls/call-link";
import { leavesTrail } from "@/components/calls/list-trail";
import { useNow } from "@/components/clock/clock";
import { LiveAgo } from "@/components/clock/local-time";
import { FilterChips } from "@/components/filters/filter-chips";
import { PeriodButton } from "@/components/filters/period-button";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/panel";
import { joinAlert } from "@/lib/alerts/actions";
import { type Alert, isOngoing } from "@/lib/alerts/alert";
import { type AlertNarrowing, matchesFilter } from "@/lib/alerts/filter";
import { alertHistoryQuery } from "@/lib/alerts/queries";
import { alertLabel, describeAlert } from "@/lib/alerts/rules";
import { formatDuration } from "@/lib/format";

/** A closed alert: its duration, its outcome, and how soon it was acknowledged. */
export function PastAlert({ alert }: { alert: Alert }) {
  const { canAct } = useAlertsContext();
  const { perform } = useAlertActions();
  const Icon = kindIcons[alert.kind];
  const { acknowledged, log } = alert.acts;
  return (
    <li className="relative grid gap-1.5 px-3 py-2.5 hover:bg-hover sm:px-4">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 md:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_11rem_4.5rem_9.5rem]">
        <p className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="w-18 shrink-0 text-muted text-xs">
            {alertLabel(alert.kind)}
            <span className="sr-only">: </span>
          </span>
          <CallLink callId={alert.callId} call={alert.call} />
        </p>
        <p className="truncate text-xs max-md:order-3">
          <AlertStanding alert={alert} />
        </p>
        <p className="text-muted text-xs first-letter:uppercase max-md:order-4 max-md:text-right">
          {acknowledged ? `acknowledged after ${lengthUntil(alert, acknowledged.at)}` : "never acknowledged"}
        </p>
        <p className="text-right">
          <span className="sr-only">Lasted </span>
          <LiveLength alert={alert} />
        </p>
        <div className="relative z-10 flex items-center justify-end gap-2 text-muted text-xs max-md:order-5 max-md:col-span-2">
          <LiveAgo at={alert.openedAt} />
          {canAct && (
            <NoteButton
              id={alert.id}
              what={describeAlert(alert)}
              acts={alert.acts}
              perform={(request) => perform(alert, request)}
            />
          )}
        </div>
      </div>
      <FiredRuleLine alert={alert} />
      <AlertLog log={log} />
    </li>
  );
}

function lengthUntil({ openedAt }: Alert, at: string): string {
  return formatDuration(Date.parse(at) - Date.parse(openedAt));
}

/** Filters the history. All of it is kept in the URL. */
function HistoryFilters({ asked }: { asked: ReturnType<typeof useAlertFilter> }) {
  return (
    <search className="flex flex-wrap items-center gap-2 px-3 sm:px-4">
      <PeriodButton value={asked.period} canBeAny onChange={asked.change} />
      <FilterChips filters={useAlertChips(asked)} />
      {asked.params !== "" && (
        <Button variant="quiet" size="small" className="h-8 pointer-coarse:h-11" onClick={asked.clear}>
          Clear
        </Button>
      )}
    </search>
  );
}

/** Closed alerts, newest first. `recent`: alerts that were open at page load and have closed since. */
export function PastAlerts({ recent }: { recent: readonly Alert[] }) {
  const asked = useAlertFilter();
  return (
    <>
      <HistoryFilters asked={asked} />
      <AlertHistory recent={recent} filter={asked.filter} params={asked.params} />
    </>
  );
}

interface AlertHistoryProps {
  recent: readonly Alert[];
  filter: AlertNarrowing;
  params: string;
}

function AlertHistory({ recent, filter, params }: AlertHistoryProps) {
  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
    refetch,
  } = useInfiniteQuery(alertHistoryQuery(params));
  const now = useNow();
  const known = data?.pages.flatMap(({ alerts }) => alerts) ?? [];
  const past = toHistory([...recent.filter((alert) => matchesFilter(alert, filter, now)), ...known]);

  if (isPending) return <Skeleton className="m-4 h-40" />;
  if (error && !data) {
    return (
      <p role="alert" className="px-4 py-3">
        Could not load the history: {error.message} <Button onClick={() => refetch()}>Try again</Button>
      </p>
    );
  }
  if (past.length === 0) {
    return <p className="px-4 py-3 text-muted">{params === "" ? "No alerts yet." : "No alerts match."}</p>;
  }
  return (
    <>
      <ul
        aria-label="Past alerts"
        aria-busy={isPlaceholderData}
        className={classNames(
          "divide-y divide-line border-line border-y bg-surface",
          isPlaceholderData && "opacity-60",
        )}
        {...leavesTrail(
          "Alerts",
          past.map(({ callId }) => callId),
        )}
      >
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

/** Removes duplicates, keeping the newest state of each; leaves only closed alerts that were not withdrawn, newest first. */
function toHistory(alerts: readonly Alert[]): Alert[] {
  const byId = new Map<string, Alert>();
  for (const alert of alerts) {
    const known = byId.get(alert.id);
    byId.set(alert.id, known ? joinAlert(known, alert) : alert);
  }
  return [...byId.values()]
    .filter((alert) => !isOngoing(alert) && alert.outcome !== "withdrawn")
    .sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
}
