import { queryOptions } from "@tanstack/react-query";
import { callListSchema } from "@/lib/calls/list";
import { fetchJson } from "@/lib/http/fetch-json";

/** The newest calls of a conversation. */
export function conversationCallsQuery(uuid: string) {
  return queryOptions({
    queryKey: ["conversations", "calls", uuid],
    queryFn: async ({ signal }) => {
      const { calls } = await fetchJson(`/api/calls?conversationId=${uuid}`, callListSchema, signal);
      return { uuid, calls };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
