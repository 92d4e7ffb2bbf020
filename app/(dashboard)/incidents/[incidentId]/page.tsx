import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IncidentPage } from "@/components/incidents/incident-page";
import { db } from "@/db/client";
import { getIncidentDetail } from "@/db/queries/incidents/read";
import { isMaskedFor } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { incidentQuery, maskIncidentDetail } from "@/lib/incidents/detail";
import { readUuid } from "@/lib/read-uuid";

export const metadata: Metadata = { title: "Incident" };

/** One incident: its likely cause, its calls, and who did what. */
export default async function IncidentRoute({ params }: PageProps<"/incidents/[incidentId]">) {
  const person = await requireUser("calls.view");
  const id = readUuid((await params).incidentId);
  const detail = id === null ? null : await getIncidentDetail(db, id);
  if (!detail) notFound();
  const queryClient = new QueryClient();
  queryClient.setQueryData(
    incidentQuery(detail.incident.id).queryKey,
    isMaskedFor(person) ? maskIncidentDetail(detail) : detail,
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <IncidentPage incidentId={detail.incident.id} />
    </HydrationBoundary>
  );
}
