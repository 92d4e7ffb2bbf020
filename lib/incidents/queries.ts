import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";
import { type Incident, incidentSchema } from "@/lib/incidents/incident";

export const incidentListSchema = z.object({ incidents: z.array(incidentSchema) });

/** Open, unresolved incidents. Pushes keep them current. */
export const openIncidentsQuery = queryOptions({
  queryKey: ["incidents", "open"],
  queryFn: async ({ signal }): Promise<readonly Incident[]> =>
    (await fetchJson("/api/incidents?state=open", incidentListSchema, signal)).incidents,
  staleTime: Number.POSITIVE_INFINITY,
});
