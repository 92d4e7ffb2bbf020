import { queryOptions } from "@tanstack/react-query";
import { setupStateSchema } from "@/lib/credentials/setup-state";
import { fetchJson } from "@/lib/http/fetch-json";

const pollMs = 2_000;

/** The setup check, asked again and again while somebody looks at it. */
export function setupStateQuery() {
  return queryOptions({
    queryKey: ["setup"],
    queryFn: ({ signal }) => fetchJson("/api/setup", setupStateSchema, signal),
    refetchInterval: pollMs,
  });
}
