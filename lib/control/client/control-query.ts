import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { controlSettingsSchema, controlStateSchema } from "@/lib/control/control";
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

/**
 * Whether a call can be controlled and listened to; null if there is no such call. For lists: their calls share
 * requests. Invalidating the call's `controlStateQuery` also invalidates this.
 */
export function supervisionQuery(callId: string) {
  return queryOptions({
    queryKey: [...controlStateQuery(callId).queryKey, "supervision"],
    // Loaded when first asked for: a board without alerts never is.
    queryFn: async () =>
      (await import("@/lib/control/client/supervision-loader")).supervisionLoader.load(callId),
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
