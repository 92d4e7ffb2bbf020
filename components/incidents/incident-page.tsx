"use client";

import { useQuery } from "@tanstack/react-query";
import { AlertLog } from "@/components/alerts/alert-parts";
import { CallLink } from "@/components/calls/call-link";
import { LocalTime } from "@/components/clock/local-time";
import { IncidentActions } from "@/components/incidents/incident-actions";
import { IncidentStanding } from "@/components/incidents/incident-line";
import { Button } from "@/components/ui/button";
import { CutText } from "@/components/ui/cut-text";
import { Link } from "@/components/ui/link";
import { Panel, Skeleton } from "@/components/ui/panel";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { causeTitle, describeEvidence } from "@/lib/incidents/cause-label";
import { type IncidentCall, incidentQuery } from "@/lib/incidents/detail";
import type { Cause, Incident } from "@/lib/incidents/incident";
import { applyPushToIncident } from "@/lib/live/apply-to-incidents";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/** One incident, open or closed. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const query = incidentQuery(incidentId);
  useChannel(boardChannel, query.queryKey, applyPushToIncident);
  const { data, error, refetch } = useQuery({ ...query, refetchInterval: usePollInterval() });
  if (!data)
    return error ? (
      <p role="alert" className="p-4">
        {error.message} <Button onClick={() => refetch()}>Try again</Button>
      </p>
    ) : (
      <Skeleton className="m-4 h-40" />
    );
  const { incident, calls } = data;
  return (
    <div className="grid w-full grid-cols-[minmax(0,1fr)] py-4">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-line border-b px-3 pb-4 sm:px-4">
        <h1 className="wrap-anywhere font-semibold text-xl">
          Incident: <bdi>{causeTitle(incident.cause)}</bdi>
        </h1>
        <p className="text-sm">
          <IncidentStanding incident={incident} />
        </p>
        <IncidentActions incident={incident} />
        {error && <p role="alert">This page may be out of date: {error.message}</p>}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_24rem]">
        {/* First, so that a phone shows it before hundreds of calls. */}
        <div className="border-line max-lg:border-b lg:col-start-2 lg:border-l">
          <Evidence cause={incident.cause} />
          <Timeline incident={incident} />
          <Panel title="Activity">
            {incident.acts.log.length > 0 ? (
              <AlertLog log={incident.acts.log} />
            ) : (
              <p className="text-muted text-sm">No activity yet.</p>
            )}
          </Panel>
          <Panel title="Export">
            <ExportLink incident={incident} />
          </Panel>
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-start-1">
          <AffectedCalls incident={incident} calls={calls} />
        </div>
      </div>
    </div>
  );
}

function AffectedCalls({ incident, calls }: { incident: Incident; calls: readonly IncidentCall[] }) {
  const isCut = new Set(calls.map(({ callId }) => callId)).size < incident.callCount && calls.length > 0;
  return (
    <Panel title="Affected calls" aside={String(incident.callCount)}>
      {calls.length === 0 ? (
        <p className="text-muted text-sm">
          {incident.cause.metric ? "No individual calls are affected." : "Its calls were deleted."}
        </p>
      ) : (
        <ul aria-label="Affected calls" className="-mx-3 divide-y divide-line sm:-mx-4">
          {calls.map((each) => (
            <li
              key={`${each.callId} ${each.kind} ${each.at}`}
              className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 px-3 py-2 hover:bg-hover sm:px-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.4fr)_auto]"
            >
              <CallLink callId={each.callId} call={each.call} />
              <CutText className="text-muted text-xs max-md:order-3">
                {each.call.assistantName ?? "No assistant"}
              </CutText>
              <span className="truncate text-xs max-md:order-4 max-md:col-span-2">
                {describeImpact(each)}
              </span>
              <span className="text-right text-xs">
                <LocalTime at={each.at} hasSeconds />
              </span>
            </li>
          ))}
        </ul>
      )}
      {isCut && <p className="pt-2 text-muted text-xs">Showing the newest {calls.length}.</p>}
    </Panel>
  );
}

function describeImpact({ kind, endedAt, call }: IncidentCall): string {
  if (kind === "tool") return "A tool failed";
  if (kind === "alert") return endedAt === null ? "No response" : "No response, over";
  return call.endedReason === null ? "Failed" : describeEndedReason(call.endedReason).words;
}

function Evidence({ cause }: { cause: Cause }) {
  const { evidence, metric } = cause;
  if (metric)
    return (
      <Panel title="Evidence">
        <p className="text-sm">{describeEvidence(cause)}</p>
        <p className="text-sm">
          <Link href="/analytics/providers" className="text-accent underline">
            Open providers
          </Link>
        </p>
      </Panel>
    );
  const rows = [
    ["With this cause", evidence.with],
    ["Other calls", evidence.without],
  ] as const;
  return (
    <Panel title="Evidence">
      <table className="w-full text-sm">
        <thead className="text-left text-muted text-xs">
          <tr>
            <th scope="col" className="font-normal">
              Calls
            </th>
            <th scope="col" className="text-right font-normal">
              Affected
            </th>
            <th scope="col" className="text-right font-normal">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, { failed, total }]) => (
            <tr key={name}>
              <th scope="row" className="text-left font-normal">
                {name}
              </th>
              <td className="text-right">
                {failed} of {total}
              </td>
              <td className="text-right">{total === 0 ? "–" : `${((failed / total) * 100).toFixed(1)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Timeline({ incident: { cause, since, openedAt, lastAt, closedAt } }: { incident: Incident }) {
  const { metric } = cause;
  const moments = [
    [metric ? "Since" : "First call affected", since],
    ["Opened", openedAt],
    [metric ? "Last checked" : "Last call affected", lastAt],
    ["Recovered", closedAt],
  ] as const;
  return (
    <Panel title="Timeline">
      <ol className="grid gap-1 text-sm">
        {moments.map(
          ([what, at]) =>
            at !== null && (
              <li key={what} className="flex justify-between gap-3">
                <span>{what}</span>
                <LocalTime at={at} hasSeconds />
              </li>
            ),
        )}
      </ol>
    </Panel>
  );
}

/** Links to the incident with its calls as a file, and to the exports in the archive. */
function ExportLink({ incident: { id } }: { incident: Incident }) {
  return (
    <ul className="grid gap-1 text-sm">
      <li>
        <a href={`/api/incidents/${id}`} download={`incident-${id}.json`} className="text-accent underline">
          Download as JSON
        </a>
      </li>
      <li>
        <Link href="/reports" className="text-accent underline">
          Open reports
        </Link>
      </li>
    </ul>
  );
}
