import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import {
  type Incident,
  type IncidentDetail,
  incidentDetailSchema,
  incidentListSchema,
} from "@/lib/incidents/incident";

/** Incidents that go on and that nobody has resolved. Pushes keep them current. */
export const openIncidentsQuery = queryOptions({
  queryKey: ["incidents", "open"],
  queryFn: async ({ signal }): Promise<readonly Incident[]> =>
    (await fetchJson("/api/incidents?state=open", incidentListSchema, signal)).incidents,
  staleTime: Number.POSITIVE_INFINITY,
});

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ["incidents", id],
    queryFn: ({ signal }) => fetchJson(`/api/incidents/${id}`, incidentDetailSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Changes one incident wherever the query cache holds it. */
export function patchCachedIncident(
  client: QueryClient,
  id: string,
  patch: (incident: Incident) => Incident,
): void {
  client.setQueryData(openIncidentsQuery.queryKey, (all: readonly Incident[] | undefined) =>
    all?.map((incident) => (incident.id === id ? patch(incident) : incident)),
  );
  client.setQueryData(
    incidentQuery(id).queryKey,
    (detail: IncidentDetail | undefined) => detail && { ...detail, incident: patch(detail.incident) },
  );
}
