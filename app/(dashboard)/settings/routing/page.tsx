import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DryRunForm } from "@/components/routing/dry-run-form";
import { LatencyPanel } from "@/components/routing/latency-panel";
import { RuleList } from "@/components/routing/rule-list";
import { SlowRoutingBanner } from "@/components/routing/slow-routing-banner";
import { Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { listRouted, measureRouting } from "@/db/queries/routed";
import { readRouting } from "@/db/queries/routing";
import { requireUser } from "@/lib/auth/server/session";
import { routingLatencyQuery } from "@/lib/routing/queries";

export const metadata: Metadata = { title: "Routing" };

const shown = 50;

/** Routing rules, a dry run, and how long callers wait for an answer. */
export default async function RoutingPage() {
  await requireUser("settings.manage");
  const [routing, latency, requests] = await Promise.all([
    readRouting(db),
    measureRouting(db),
    listRouted(db, shown),
  ]);
  const queryClient = new QueryClient();
  queryClient.setQueryData(routingLatencyQuery.queryKey, latency);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="grid gap-10">
        <SlowRoutingBanner />
        <Section
          title="Call routing"
          about="Vapi asks when a number without an assistant is called. The conversation's own answer comes first, then the first matching rule."
        >
          <RuleList served={routing} />
        </Section>
        <Section
          title="Dry run"
          about="See which rule would answer a call, and why. Uses the saved rules; no call is made."
        >
          <DryRunForm openedAt={Date.now()} />
        </Section>
        <Section
          title="Caller wait time"
          about="From request to decision and answer. Vapi gives up after 7.5 s."
        >
          <LatencyPanel latency={latency} requests={requests} />
        </Section>
      </div>
    </HydrationBoundary>
  );
}
