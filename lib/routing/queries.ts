import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";
import { routingLatencySchema } from "@/lib/routing/latency";

const answerSchema = z.object({ latency: routingLatencySchema });

/** How long assistant-requests took lately. */
export const routingLatencyQuery = queryOptions({
  queryKey: ["routing", "latency"],
  queryFn: async ({ signal }) => (await fetchJson("/api/routing/latency", answerSchema, signal)).latency,
  staleTime: 30_000,
  refetchInterval: 60_000,
});
