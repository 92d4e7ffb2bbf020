import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { BoardBanners } from "@/components/board/board-banners";
import { LiveBoard } from "@/components/board/live-board";
import { db } from "@/db/client";
import { listVersionAlertPage } from "@/db/queries/analytics/version-alerts";
import { getPulse } from "@/db/queries/calls/read";
import { listIncidents } from "@/db/queries/incidents/read";
import { measureRouting } from "@/db/queries/routed";
import { maskAlert } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";
import { listOngoingAlerts } from "@/lib/alerts/server/derive";
import { maskVersionAlert } from "@/lib/analytics/version-alert";
import { versionAlertsQuery } from "@/lib/analytics/version-queries";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { liveCallsQuery, pulseQuery } from "@/lib/calls/queries";
import { env } from "@/lib/env";
import { maskIncident } from "@/lib/incidents/incident";
import { openIncidentsQuery } from "@/lib/incidents/queries";
import { viewLiveCalls } from "@/lib/privacy/server/view-calls";
import { routingLatencyQuery } from "@/lib/routing/queries";

export default async function LivePage() {
  const person = await requireUser("calls.view");
  const queryClient = new QueryClient();
  const [calls, alerts, pulse, latency, incidents, worse] = await Promise.all([
    viewLiveCalls(db, person),
    listOngoingAlerts(db, new Date()),
    getPulse(db, new Date()),
    measureRouting(db),
    listIncidents(db, "open"),
    listVersionAlertPage(db, { state: "open", limit: 200 }),
  ]);
  queryClient.setQueryData(liveCallsQuery.queryKey, calls);
  const isMasked = !can(person.role, "numbers.view");
  queryClient.setQueryData(openAlertsQuery.queryKey, isMasked ? alerts.map(maskAlert) : alerts);
  queryClient.setQueryData(openIncidentsQuery.queryKey, isMasked ? incidents.map(maskIncident) : incidents);
  queryClient.setQueryData(pulseQuery.queryKey, pulse);
  queryClient.setQueryData(routingLatencyQuery.queryKey, latency);
  queryClient.setQueryData(versionAlertsQuery.queryKey, {
    ...worse,
    alerts: isMasked ? worse.alerts.map(maskVersionAlert) : worse.alerts,
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <BoardBanners />
      <LiveBoard
        webhookUrl={`${env.APP_URL}/api/webhook`}
        canSimulate={env.SIMULATOR_URL !== undefined && can(person.role, "alerts.act")}
      />
    </HydrationBoundary>
  );
}
