import { infiniteQueryOptions } from "@tanstack/react-query";
import { versionListSchema } from "@/lib/conversations/version-list";
import { fetchJson } from "@/lib/http/fetch-json";

/** A context's history, newest first, a page at a time. @param version the newest there is: with it the history changes */
export function versionsQuery(uuid: string, version: number) {
  return infiniteQueryOptions({
    queryKey: ["conversations", "versions", uuid, version],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? "" : `?before=${pageParam}`;
      return fetchJson(`/api/conversations/${uuid}/versions${query}`, versionListSchema, signal);
    },
    initialPageParam: null as number | null, // Typed by its first value alone otherwise.
    getNextPageParam: ({ nextBefore }) => nextBefore,
  });
}
