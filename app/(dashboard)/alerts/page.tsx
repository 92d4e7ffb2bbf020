import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import * as z from "zod";
import { AlertCenter } from "@/components/alerts/alert-center";
import { WorseVersionsBanner } from "@/components/analytics/worse-versions-banner";
import { OpenIncidents } from "@/components/incidents/open-incidents";
import { IssueList } from "@/components/issues/issue-list";
import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { listVersionAlertPage } from "@/db/queries/analytics/version-alerts";
import { listIncidentPage, listIncidents } from "@/db/queries/incidents/read";
import { listIssues } from "@/db/queries/issues";
import { maskAlert } from "@/lib/alerts/alert";
import { alertFilters, toAlertParams } from "@/lib/alerts/filter";
import { alertHistoryQuery, openAlertsQuery } from "@/lib/alerts/queries";
import { listOngoingAlerts } from "@/lib/alerts/server/derive";
import { maskVersionAlert } from "@/lib/analytics/version-alert";
import { pastVersionAlertsQuery, pastVersionAlertsShown } from "@/lib/analytics/version-queries";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { maskIncident } from "@/lib/incidents/incident";
import { openIncidentsQuery, pastIncidentsQuery, pastIncidentsShown } from "@/lib/incidents/queries";

export const metadata: Metadata = { title: "Alerts" };

/** Incidents, worse versions, Vapi's issues, open alerts, and past ones. */
export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const { role } = await requireUser("calls.view");
  const asked = await searchParams;
  const filter = z.object(alertFilters).partial().safeParse(asked).data;
  const [open, history, incidents, past, versions, issues] = await Promise.all([
    listOngoingAlerts(db, new Date()),
    // If the URL's filter is invalid, nothing is prefetched: the browser asks the API and shows its error.
    filter && listAlerts(db, { ...filter, limit: 50 }),
    listIncidents(db, "open"),
    listIncidentPage(db, { state: "past", limit: pastIncidentsShown }),
    listVersionAlertPage(db, { state: "past", limit: pastVersionAlertsShown }),
    listIssues(db, "open"),
  ]);
  const isMasked = !can(role, "numbers.view");
  const queryClient = new QueryClient();
  queryClient.setQueryData(openAlertsQuery.queryKey, isMasked ? open.map(maskAlert) : open);
  queryClient.setQueryData(openIncidentsQuery.queryKey, isMasked ? incidents.map(maskIncident) : incidents);
  queryClient.setQueryData(pastIncidentsQuery.queryKey, {
    pages: [isMasked ? { ...past, incidents: past.incidents.map(maskIncident) } : past],
    pageParams: [""],
  });
  queryClient.setQueryData(pastVersionAlertsQuery.queryKey, {
    pages: [isMasked ? { ...versions, alerts: versions.alerts.map(maskVersionAlert) } : versions],
    pageParams: [""],
  });
  if (history) {
    queryClient.setQueryData(alertHistoryQuery(toAlertParams(asked)).queryKey, {
      pages: [isMasked ? { ...history, alerts: history.alerts.map(maskAlert) } : history],
      pageParams: [""],
    });
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OpenIncidents />
      <WorseVersionsBanner />
      <IssueList issues={issues} canAct={can(role, "alerts.act")} />
      <AlertCenter />
    </HydrationBoundary>
  );
}
