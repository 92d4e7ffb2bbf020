import { queryOptions } from "@tanstack/react-query";
import { connectStateSchema } from "@/lib/connect/connection";
import { fetchJson } from "@/lib/http/client";

/** Everything in Vapi that can have a Server URL, compared with what Earshot needs. Asks Vapi each time. */
export const connectQuery = queryOptions({
  queryKey: ["connect"],
  queryFn: ({ signal }) => fetchJson("/api/connect", connectStateSchema, signal),
  staleTime: 30_000,
  retry: false,
});
