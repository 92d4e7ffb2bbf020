import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { providersSchema } from "@/lib/rates/providers";

/** The state of each provider, refetched every minute. */
export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: ({ signal }) => fetchJson("/api/analytics/providers", providersSchema, signal),
  staleTime: 30_000,
  refetchInterval: 60_000,
});
