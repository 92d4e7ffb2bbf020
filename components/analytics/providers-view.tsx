"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Gauge, type LucideIcon, MinusCircle, RadioTower } from "lucide-react";
import { useId } from "react";
import { AnalyticsHead } from "@/components/analytics/analytics-head";
import { AnalyticsSkeleton } from "@/components/analytics/analytics-view";
import { Card } from "@/components/analytics/card";
import { LocalTime } from "@/components/clock/local-time";
import { OpenIncidents } from "@/components/incidents/open-incidents";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatCount, formatMs } from "@/lib/format";
import { stageLabel } from "@/lib/incidents/cause-label";
import { describePart, formatShare, formatUsualShare, type Part, partName } from "@/lib/rates/providers";
import { providersQuery } from "@/lib/rates/queries";

/** How each provider is doing now and did over the last day. */
export function ProvidersView() {
  const { data, error, refetch } = useQuery(providersQuery);
  return (
    <div className="grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] gap-4 py-4 sm:gap-6 sm:px-4">
      <AnalyticsHead
        about={
          data && (
            <p className="text-muted text-xs">
              Updated <LocalTime at={data.at} />
            </p>
          )
        }
      />
      <OpenIncidents />
      {error && (
        <p role="alert" className="px-3 sm:px-0">
          {data ? "This page may be out of date: " : ""}
          {error.message} <Button onClick={() => refetch()}>Try again</Button>
        </p>
      )}
      {!data && !error && <AnalyticsSkeleton />}
      {data?.parts.length === 0 && (
        <Notice icon={<RadioTower aria-hidden />} title="No calls in the last 24 hours">
          Providers appear here with the first report that bills them, or the first call that fails because of
          them.
        </Notice>
      )}
      {data && data.parts.length > 0 && (
        <>
          <Problems parts={data.parts} />
          <PartsCard parts={data.parts} />
        </>
      )}
    </div>
  );
}

/** One sentence for each problem, with a link to its calls. */
function Problems({ parts }: { parts: readonly Part[] }) {
  const wrong = parts.filter((part) => describePart(part) !== null);
  if (wrong.length === 0)
    return (
      <p role="status" className="flex items-center gap-2 px-3 text-sm sm:px-0">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
        No provider is failing or slow.
      </p>
    );
  return (
    <ul aria-label="Problems" className="grid gap-2 bg-danger-soft px-3 py-2 text-sm sm:rounded-lg sm:px-4">
      {wrong.map((part) => (
        <li key={`${part.stage} ${part.provider}`} className="flex items-start gap-2">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          <span className="wrap-anywhere min-w-0">
            {describePart(part)}
            {part.reasons.map(({ code, calls }) => (
              <span key={code}>
                {" "}
                <Link href={toCalls(code)} className="text-accent underline">
                  {describeEndedReason(code).words} ({calls} in 24 h)
                </Link>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

const toCalls = (reason: string) => ({ pathname: "/reports", query: { period: "week", reason } });

const states: Readonly<Record<Part["state"], { label: string; icon: LucideIcon; tone: string }>> = {
  failing: { label: "Failing", icon: CircleAlert, tone: "text-danger" },
  slow: { label: "Slow", icon: Gauge, tone: "text-waiting" },
  usual: { label: "OK", icon: CircleCheck, tone: "text-muted" },
  "no-calls": { label: "No calls", icon: MinusCircle, tone: "text-muted" },
};

const heads = [
  "State",
  "Calls (1 h)",
  "Failed (15 min)",
  "Failed (1 h)",
  "Usually failed",
  "p95 (1 h)",
  "Usual p95",
];

function PartsCard({ parts }: { parts: readonly Part[] }) {
  const noteId = useId();
  return (
    <Card title="By part of a call">
      <p id={noteId} className="pb-2 text-muted text-xs">
        Failed: share of calls. p95: response time of this part. Usual: the last six weeks without their worst
        days; by hour of the week after three weeks, and p95 only then.
      </p>
      <ScrollRegion label="Providers by part of a call" className="overflow-x-auto">
        <table aria-describedby={noteId} className="w-full text-left text-sm">
          <caption className="sr-only">Providers by part of a call</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="py-2 pr-3 font-normal">
                Provider
              </th>
              {heads.map((name, index) => (
                <th
                  key={name}
                  scope="col"
                  className={classNames("whitespace-nowrap px-2 py-2 font-normal", index > 0 && "text-right")}
                >
                  {name}
                </th>
              ))}
              <th scope="col" className="whitespace-nowrap py-2 pl-2 font-normal">
                Failed, last 24 h
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {parts.map((part) => (
              <PartRow key={`${part.stage} ${part.provider}`} part={part} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}

const cell = "whitespace-nowrap px-2 py-2 text-right";

function PartRow({ part }: { part: Part }) {
  const { stage, quarter, hour, usual, state } = part;
  const { label, icon: Icon, tone } = states[state];
  const ms = (value: number | null) => (value === null ? "–" : formatMs(value));
  return (
    <tr>
      <th scope="row" className="wrap-anywhere min-w-28 py-2 pr-3 font-normal">
        <bdi className="font-medium">{partName(part)}</bdi>
        {part.provider !== null && <div className="text-muted text-xs">{stageLabel(stage)}</div>}
      </th>
      <td className="whitespace-nowrap px-2 py-2">
        <span className={classNames("inline-flex items-center gap-1", tone)}>
          <Icon aria-hidden className="size-3.5 shrink-0" />
          {label}
        </span>
      </td>
      <td className={cell}>{hour.calls}</td>
      <td className={cell}>{formatShare(quarter.failures, quarter.calls)}</td>
      <td className={cell}>{formatShare(hour.failures, hour.calls)}</td>
      <td className={classNames(cell, "text-muted")}>{formatUsualShare(usual.failureShare)}</td>
      <td className={cell}>{ms(hour.p95Ms)}</td>
      <td className={classNames(cell, "text-muted")}>{ms(usual.p95Ms)}</td>
      <td className="py-2 pl-2">
        <FailureBars steps={part.steps} />
      </td>
    </tr>
  );
}

const barWidth = 4;
const barsHeight = 24;

/** The share of failed calls per hour. An hour without calls has no bar; one without failures has a thin line. */
function FailureBars({ steps }: { steps: Part["steps"] }) {
  const failed = steps.reduce((all, { failures }) => all + failures, 0);
  const calls = steps.reduce((all, step) => all + step.calls, 0);
  return (
    <svg
      role="img"
      aria-label={`${failed} of ${formatCount(calls, "call")} failed in the last 24 hours`}
      width={steps.length * (barWidth + 1)}
      height={barsHeight}
    >
      {steps.map(({ at, calls: all, failures }, index) =>
        all === 0 ? null : (
          <rect
            key={at}
            x={index * (barWidth + 1)}
            y={barsHeight - Math.max(1, (failures / all) * barsHeight)}
            width={barWidth}
            height={Math.max(1, (failures / all) * barsHeight)}
            className={failures > 0 ? "fill-danger" : "fill-line-strong"}
          />
        ),
      )}
    </svg>
  );
}
