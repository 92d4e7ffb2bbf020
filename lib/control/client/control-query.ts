import { queryOptions } from "@tanstack/react-query";
import DataLoader from "dataloader";
import * as z from "zod";
import {
  controlSettingsSchema,
  controlStateSchema,
  mostSupervised,
  type Supervision,
  supervisedCallsSchema,
} from "@/lib/control/control";
import { fetchJson } from "@/lib/http/client";

const staleMs = 20_000;

/** Whether a call can be controlled and listened to, and its transfer targets. Shared by all controls of a call's page. */
export function controlStateQuery(callId: string) {
  return queryOptions({
    queryKey: ["control", "state", callId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/calls/${encodeURIComponent(callId)}/control`, controlStateSchema, signal),
    staleTime: staleMs,
  });
}

/** Alerts that render together ask within this time of each other. */
const collectMs = 10;

/** One request for all calls asked for at about the same time. Without a cache, because queries have one. */
const supervision = new DataLoader<string, Supervision | null>(readSupervision, {
  cache: false,
  maxBatchSize: mostSupervised,
  batchScheduleFn: (send) => setTimeout(send, collectMs),
});

async function readSupervision(callIds: readonly string[]): Promise<(Supervision | null)[]> {
  const ids = callIds.map(encodeURIComponent).join(",");
  const { calls } = await fetchJson(`/api/control/calls?ids=${ids}`, supervisedCallsSchema);
  const byId = new Map(calls.map((call) => [call.callId, call.supervision]));
  return callIds.map((callId) => byId.get(callId) ?? null);
}

/**
 * Whether a call can be controlled and listened to; null if there is no such call. For lists: their calls share
 * requests. Invalidating the call's `controlStateQuery` also invalidates this.
 */
export function supervisionQuery(callId: string) {
  return queryOptions({
    queryKey: [...controlStateQuery(callId).queryKey, "supervision"],
    queryFn: () => supervision.load(callId),
    staleTime: staleMs,
  });
}

/** The actions that alerts offer, and the team's phrases. */
export const controlSettingsQuery = queryOptions({
  queryKey: ["control", "settings"],
  queryFn: ({ signal }) => fetchJson("/api/control/settings", controlSettingsSchema, signal),
  staleTime: 5 * 60_000,
});

const directorySchema = z.object({ entries: z.array(z.object({ id: z.uuid(), team: z.string() })) });

/** The names of the teams a call can be transferred to. */
export const teamNamesQuery = queryOptions({
  queryKey: ["control", "teams"],
  queryFn: ({ signal }) => fetchJson("/api/tools/directory", directorySchema, signal),
  staleTime: 5 * 60_000,
});
