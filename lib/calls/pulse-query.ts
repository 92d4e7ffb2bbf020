import { queryOptions } from "@tanstack/react-query";
import { pulseSchema } from "@/lib/calls/pulse";
import { fetchJson } from "@/lib/http/fetch-json";

const everyMs = 30_000;

/** The last hour beside the one before, asked again every half minute: it moves slowly. */
export const pulseQuery = queryOptions({
  queryKey: ["pulse"],
  queryFn: ({ signal }) => fetchJson("/api/pulse", pulseSchema, signal),
  staleTime: everyMs,
  refetchInterval: everyMs,
});
