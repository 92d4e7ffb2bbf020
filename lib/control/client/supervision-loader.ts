import DataLoader from "dataloader";
import { mostSupervised, type Supervision, supervisedCallsSchema } from "@/lib/control/control";
import { fetchJson } from "@/lib/http/client";

/** Alerts that render together ask within this time of each other. */
const collectMs = 10;

/** One request for all calls asked for at about the same time. Without a cache, because queries have one. */
export const supervisionLoader = new DataLoader<string, Supervision | null>(readSupervision, {
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
