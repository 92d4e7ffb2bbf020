import { infiniteQueryOptions } from "@tanstack/react-query";
import { alertListSchema } from "@/lib/alerts/alert-list";
import { fetchJson } from "@/lib/http/fetch-json";

const pageSize = 50;

/** Everything there ever was, newest first, a page at a time. */
export const alertHistoryQuery = infiniteQueryOptions({
  queryKey: ["alerts", "history"],
  queryFn: ({ pageParam, signal }) => {
    const query = new URLSearchParams({
      state: "all",
      limit: String(pageSize),
      ...(pageParam && { cursor: pageParam }),
    });
    return fetchJson(`/api/alerts?${query}`, alertListSchema, signal);
  },
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }) => nextCursor,
});
