import { type InfiniteData, infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { type Incident, type IncidentPage, incidentPageSchema } from "@/lib/incidents/incident";

/** Open, unresolved incidents. Pushes keep them current. */
export const openIncidentsQuery = queryOptions({
  queryKey: ["incidents", "open"],
  queryFn: async ({ signal }): Promise<readonly Incident[]> =>
    (await fetchJson("/api/incidents?state=open", incidentPageSchema, signal)).incidents,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Number of past incidents shown before older ones are requested; single alerts are listed below them. */
export const pastIncidentsShown = 10;

/** Incidents that are over, newest first, a page at a time. */
export const pastIncidentsQuery = infiniteQueryOptions({
  queryKey: ["incidents", "past"],
  queryFn: ({ pageParam, signal }) => {
    const query = new URLSearchParams({ state: "past", limit: String(pastIncidentsShown) });
    if (pageParam) query.set("cursor", pageParam);
    return fetchJson(`/api/incidents?${query}`, incidentPageSchema, signal);
  },
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

export type PastIncidents = InfiniteData<IncidentPage, string>;

/** Changes one past incident; the others stay the same objects. */
export function patchPastIncident(
  past: PastIncidents,
  id: string,
  patch: (incident: Incident) => Incident,
): PastIncidents {
  const pages = past.pages.map((page) => ({
    ...page,
    incidents: page.incidents.map((incident) => (incident.id === id ? patch(incident) : incident)),
  }));
  return { ...past, pages };
}
