import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { BoardBanners } from "@/components/board/board-banners";
import { LiveBoard } from "@/components/board/live-board";
import { db } from "@/db/client";
import { listVersionAlerts } from "@/db/queries/analytics/versions";
import { getPulse } from "@/db/queries/calls/read";
import { listIncidents } from "@/db/queries/incidents/read";
import { measureRouting } from "@/db/queries/routed";
import { maskAlert } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";
import { listOngoingAlerts } from "@/lib/alerts/server/derive";
import { versionAlertsQuery } from "@/lib/analytics/version-queries";
import { toVersionAlert } from "@/lib/analytics/versions";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { liveCallsQuery, pulseQuery } from "@/lib/calls/queries";
import { env } from "@/lib/env";
import { maskIncident } from "@/lib/incidents/incident";
import { openIncidentsQuery } from "@/lib/incidents/queries";
import { viewLiveCalls } from "@/lib/privacy/server/view-calls";
import { routingLatencyQuery } from "@/lib/routing/queries";

/** The live board. */
export default async function LivePage() {
  const person = await requireUser("calls.view");
  const queryClient = new QueryClient();
  const [calls, alerts, pulse, latency, incidents, worse] = await Promise.all([
    viewLiveCalls(db, person),
    listOngoingAlerts(db, new Date()),
    getPulse(db, new Date()),
    measureRouting(db),
    listIncidents(db, "open"),
    listVersionAlerts(db),
  ]);
  queryClient.setQueryData(liveCallsQuery.queryKey, calls);
  queryClient.setQueryData(
    openAlertsQuery.queryKey,
    can(person.role, "numbers.view") ? alerts : alerts.map(maskAlert),
  );
  queryClient.setQueryData(
    openIncidentsQuery.queryKey,
    can(person.role, "numbers.view") ? incidents : incidents.map(maskIncident),
  );
  queryClient.setQueryData(pulseQuery.queryKey, pulse);
  queryClient.setQueryData(routingLatencyQuery.queryKey, latency);
  queryClient.setQueryData(versionAlertsQuery.queryKey, { alerts: worse.map(toVersionAlert) });
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
