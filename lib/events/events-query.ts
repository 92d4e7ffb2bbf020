import { infiniteQueryOptions } from "@tanstack/react-query";
import { eventListSchema } from "@/lib/events/event-entry";
import { fetchJson } from "@/lib/http/fetch-json";

/** The filter as it stands in the URL: names and texts. */
export type EventSearch = Readonly<
  Record<"type" | "outcome" | "callId" | "conversation" | "last" | "from" | "to", string>
>;

/** The event log, newest first, a page at a time. Newer ones come by the tail (event-tail-query.ts). */
export function eventsQuery(search: EventSearch) {
  return infiniteQueryOptions({
    queryKey: ["events", "log", search],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(eventsPath(search, { cursor: pageParam }), eventListSchema, signal),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The address of a page of the log; what is empty is left out. */
export function eventsPath(search: EventSearch, more: Readonly<Record<string, string>>): string {
  const named = Object.entries({ ...search, ...more }).filter(([, value]) => value !== "");
  return `/api/events?${new URLSearchParams(named)}`;
}
