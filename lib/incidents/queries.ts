import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { type Incident, incidentListSchema } from "@/lib/incidents/incident";

/** Incidents that go on and that nobody has resolved. Pushes keep them current. */
export const openIncidentsQuery = queryOptions({
  queryKey: ["incidents", "open"],
  queryFn: async ({ signal }): Promise<readonly Incident[]> =>
    (await fetchJson("/api/incidents?state=open", incidentListSchema, signal)).incidents,
  staleTime: Number.POSITIVE_INFINITY,
});
