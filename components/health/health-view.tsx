"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormMessage } from "@/components/form/form-message";
import { HealthStates } from "@/components/health/health-states";
import { OutcomeShares } from "@/components/health/outcome-shares";
import { ReplyTimesTable } from "@/components/health/reply-times-table";
import { SetAside } from "@/components/health/set-aside";
import { TickJobs } from "@/components/health/tick-jobs";
import { Section } from "@/components/settings/section";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { HealthPeriod } from "@/lib/health/health";
import { healthQuery } from "@/lib/health/health";

/** How Earshot itself is doing, kept current. `canSetUp`, `canRetry`: what the viewer's role allows. */
export function HealthView({ canSetUp, canRetry }: { canSetUp: boolean; canRetry: boolean }) {
  const [period, setPeriod] = useState<HealthPeriod>("hour");
  const { data: health, error } = useQuery(healthQuery(period));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      {error && <FormMessage kind="refused">{`Not current: ${error.message}`}</FormMessage>}
      {!health && !error && <Skeleton className="h-96" />}
      {health && (
        <>
          <Section title="Now">
            <HealthStates health={health} canSetUp={canSetUp} />
          </Section>
          <Section
            title="Reply times"
            about="From receipt to the answer, in Earshot; the way to Vapi and back comes on top. Vapi gives an assistant request 7.5 s in all."
          >
            <Select
              label="Period"
              value={period}
              className="justify-self-start"
              onChange={({ target }) => setPeriod(target.value === "day" ? "day" : "hour")}
            >
              <option value="hour">Last hour</option>
              <option value="day">Last day</option>
            </Select>
            <ReplyTimesTable replies={health.replies} />
          </Section>
          <Section title="What became of deliveries">
            <OutcomeShares outcomes={health.outcomes} />
          </Section>
          <Section
            title="Work by the clock"
            about="Begun by the minute tick, or by the running server itself."
          >
            <TickJobs jobs={health.jobs} />
          </Section>
          <Section
            title={health.setAside.count > 0 ? `Set aside (${health.setAside.count})` : "Set aside"}
            about="Items a job cannot process because of their content. Everything else goes on. Each is retried every hour."
          >
            <SetAside health={health} canRetry={canRetry} />
          </Section>
        </>
      )}
    </div>
  );
}
