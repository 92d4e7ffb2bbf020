"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/auth/use-can";
import { AssistantName } from "@/components/calls/assistant-name";
import { DialLink } from "@/components/calls/caller-number";
import { LocalTime } from "@/components/clock/local-time";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { Panel, Skeleton } from "@/components/ui/panel";
import { type Call, callDuration, callerLabel, whenEnded } from "@/lib/calls/call";
import { callerHistoryQuery } from "@/lib/calls/detail-query";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import type { CallerHistory } from "@/lib/calls/list";
import { formatDuration } from "@/lib/format";

/** The caller, and how their earlier calls went. */
export function CallerTab({ call }: { call: Call }) {
  const { data, error, refetch } = useQuery(callerHistoryQuery(call.id));
  return (
    <>
      <Panel title={callerLabel(call)}>
        <p className="wrap-anywhere font-medium">
          <bdi>{call.customerName ?? "No name"}</bdi>
        </p>
        {call.customerNumber ? (
          <p className="flex items-center gap-1 text-muted">
            <DialLink number={call.customerNumber} />
            <CopyButton text={call.customerNumber} what="number" />
          </p>
        ) : (
          <p className="text-muted">No number</p>
        )}
      </Panel>
      {data && <EarlierCalls call={call} history={data} />}
      {error && !data && (
        <p role="alert" className="px-4 py-3">
          Could not load earlier calls: {error.message}{" "}
          <Button size="small" onClick={() => refetch()}>
            Try again
          </Button>
        </p>
      )}
      {!data && !error && <Skeleton className="m-4 h-40" />}
    </>
  );
}

function EarlierCalls({ call, history }: { call: Call; history: CallerHistory }) {
  const canSearch = useCan("numbers.view");
  const [latest] = history.calls;
  const count = `${history.count.toLocaleString("en")}${history.isExact ? "" : "+"}`;
  if (!history.isKnown) {
    return (
      <Panel title="Earlier calls">
        <p className="text-muted">The number is withheld or missing, so earlier calls cannot be found.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Earlier calls" aside={count}>
      {latest ? (
        <p className="pb-2">
          <Link href={`/calls/${latest.id}?tab=caller`} className="text-accent underline">
            Open latest
          </Link>
        </p>
      ) : (
        <p className="text-muted">First call from this number.</p>
      )}
      <ol className="grid divide-y divide-line">
        {history.calls.map((earlier) => (
          <li key={earlier.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-1.5">
            <Link href={`/calls/${earlier.id}?tab=caller`} className="font-medium hover:underline">
              <LocalTime at={earlier.startedAt ?? earlier.createdAt} />
            </Link>
            <span className="text-muted">{toLength(earlier)}</span>
            <span className="col-span-2 truncate text-muted text-xs">
              <AssistantName call={earlier} />
            </span>
            <span className="wrap-anywhere col-span-2 text-xs">{toOutcome(earlier)}</span>
          </li>
        ))}
      </ol>
      {canSearch && call.customerNumber && history.count > 0 && (
        <Link
          href={`/reports?q=${encodeURIComponent(call.customerNumber)}`}
          className="mt-2 inline-block text-accent underline"
        >
          All reports of this number
        </Link>
      )}
    </Panel>
  );
}

function toLength(call: Call): string {
  const ms = callDuration(call, Date.parse(call.lastEventAt));
  return ms === null ? "Not answered" : formatDuration(ms);
}

function toOutcome(call: Call): string {
  if (whenEnded(call) === null) return "In progress";
  const code = toEndCode(call);
  return code ? describeEndedReason(code).words : "No reason given";
}
