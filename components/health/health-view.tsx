"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LiveAgo } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { ComparisonDetail } from "@/components/health/comparison";
import { HealthStates } from "@/components/health/health-states";
import { ReplyTimesTable } from "@/components/health/reply-times-table";
import { SetAside } from "@/components/health/set-aside";
import { Badge, Row } from "@/components/settings/row";
import { Rows, Section } from "@/components/settings/section";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/panel";
import { Select, toOptions } from "@/components/ui/select";
import { outcomes } from "@/lib/calls/report";
import type { HealthDetail, HealthPeriod } from "@/lib/health/detail";
import { healthQuery } from "@/lib/health/queries";

/** Number of events per outcome, each linked to those events in the log. */
export function OutcomeShares({ outcomes: counts }: Pick<HealthDetail, "outcomes">) {
  const all = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (all === 0) return <p className="text-muted">No events in this period.</p>;
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {outcomes.map((outcome) => (
        <div key={outcome} className="grid gap-0.5 rounded-lg border border-line bg-surface px-4 py-3">
          <dt className="text-muted text-xs">
            <Link href={`/events?outcome=${outcome}`} className="underline">
              {outcome}
            </Link>
          </dt>
          <dd className="font-medium">
            {counts[outcome].toLocaleString("en")}{" "}
            <span className="font-normal text-muted text-xs">
              {((100 * counts[outcome]) / all).toFixed(1)} %
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** When each scheduled job last ran. */
export function TickJobs({ jobs }: Pick<HealthDetail, "jobs">) {
  return (
    <Rows label="Jobs" empty="No jobs have run yet. On Vercel, set CRON_SECRET.">
      {jobs.map(({ name, begunAt, isLate }) => (
        <Row
          key={name}
          title={
            <>
              {name}
              {isLate && <Badge>late</Badge>}
            </>
          }
          facts={
            <>
              last run <LiveAgo at={begunAt} />
            </>
          }
        />
      ))}
    </Rows>
  );
}

const periodOptions = toOptions({ hour: "Last hour", day: "Last day" } satisfies Record<
  HealthPeriod,
  string
>);

/** State of Earshot itself, kept current. `canSetUp`, `canRetry`: whether the viewer's role allows it. */
export function HealthView({ canSetUp, canRetry }: { canSetUp: boolean; canRetry: boolean }) {
  const [period, setPeriod] = useState<HealthPeriod>("hour");
  const { data: health, error } = useQuery(healthQuery(period));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      {error && <FormMessage kind="error">{`Out of date: ${error.message}`}</FormMessage>}
      {!health && !error && <Skeleton className="h-96" />}
      {health && (
        <>
          <Section title="Now">
            <HealthStates health={health} canSetUp={canSetUp} />
          </Section>
          <Section
            title="Calls received"
            about="Every two minutes Vapi’s list of calls is compared with the events received. Missing calls and reports are fetched."
          >
            <ComparisonDetail comparison={health.comparison} canSet={canRetry} />
          </Section>
          <Section
            title="Response times"
            about="From receipt to response inside Earshot, without network time. Vapi allows 7.5 s in total for an assistant request."
          >
            <Select
              label="Period"
              value={period}
              options={periodOptions}
              className="justify-self-start"
              onChange={setPeriod}
            />
            <ReplyTimesTable replies={health.replies} />
          </Section>
          <Section title="Event outcomes">
            <OutcomeShares outcomes={health.outcomes} />
          </Section>
          <Section title="Scheduled jobs" about="Started by the minute tick or by the server itself.">
            <TickJobs jobs={health.jobs} />
          </Section>
          <Section
            title={health.setAside.count > 0 ? `Set aside (${health.setAside.count})` : "Set aside"}
            about="Items a job cannot process because of their content. Everything else continues. Each is retried every hour."
          >
            <SetAside health={health} canRetry={canRetry} />
          </Section>
        </>
      )}
    </div>
  );
}
