import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";
import { routingLatencySchema } from "@/lib/routing/latency";

const answerSchema = z.object({ latency: routingLatencySchema });

/** Recent response times of assistant-requests. */
export const routingLatencyQuery = queryOptions({
  queryKey: ["routing", "latency"],
  queryFn: async ({ signal }) => (await fetchJson("/api/routing/latency", answerSchema, signal)).latency,
  staleTime: 30_000,
  refetchInterval: 60_000,
});
