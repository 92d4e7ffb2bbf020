import { infiniteQueryOptions } from "@tanstack/react-query";
import { conversationListSchema } from "@/lib/conversations/conversation";
import { fetchJson } from "@/lib/http/fetch-json";

/** Conversations, the latest active first, a page at a time. @param q what they are searched for */
export function conversationsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["conversations", "list", q],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...(q && { q }), ...(pageParam && { cursor: pageParam }) });
      return fetchJson(`/api/conversations?${query}`, conversationListSchema, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
