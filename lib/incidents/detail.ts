import { type QueryClient, queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { callSchema } from "@/lib/calls/call";
import { maskCaller, maskText } from "@/lib/calls/mask-text";
import { fetchJson } from "@/lib/http/client";
import { type Incident, incidentSchema, maskCause } from "@/lib/incidents/incident";
import { openIncidentsQuery } from "@/lib/incidents/queries";

/** A call of an incident, once for each way it was in trouble. */
const incidentCallSchema = z.object({
  callId: z.string(),
  kind: z.enum(["alert", "failure", "tool"]),
  at: z.iso.datetime(),
  /** When its alert closed; null while it is open. */
  endedAt: z.iso.datetime().nullable(),
  call: callSchema.pick({
    customerName: true,
    customerNumber: true,
    direction: true,
    assistantName: true,
    endedReason: true,
  }),
});

export type IncidentCall = z.infer<typeof incidentCallSchema>;

export const incidentDetailSchema = z.object({
  incident: incidentSchema,
  /** Newest first; at most 500. */
  calls: z.array(incidentCallSchema),
});

export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** An incident's page with caller data masked. */
export function maskIncidentDetail({ incident, calls }: IncidentDetail): IncidentDetail {
  const names = [...new Set(calls.map(({ call }) => call.customerName))];
  const log = incident.acts.log.map((act) => ({ ...act, text: act.text && maskText(act.text, names) }));
  return {
    incident: { ...incident, cause: maskCause(incident.cause), acts: { ...incident.acts, log } },
    calls: calls.map((each) => ({ ...each, call: maskCaller(each.call) })),
  };
}

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ["incidents", id],
    queryFn: ({ signal }) => fetchJson(`/api/incidents/${id}`, incidentDetailSchema, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Patches an incident everywhere the query cache holds it. */
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
