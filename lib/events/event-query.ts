import { queryOptions } from "@tanstack/react-query";
import { eventDetailSchema } from "@/lib/events/event-detail";
import { fetchJson } from "@/lib/http/fetch-json";

/** One delivery with all that is kept of it. */
export function eventQuery(key: string) {
  return queryOptions({
    queryKey: ["events", "one", key],
    queryFn: ({ signal }) => fetchJson(`/api/events/${encodeURIComponent(key)}`, eventDetailSchema, signal),
  });
}
