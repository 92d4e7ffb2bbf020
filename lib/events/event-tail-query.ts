import { queryOptions } from "@tanstack/react-query";
import { type EventEntry, eventListSchema } from "@/lib/events/event-entry";
import { type EventSearch, eventsPath, eventsQuery } from "@/lib/events/events-query";
import { joinEvents } from "@/lib/events/join-events";
import { fetchJson } from "@/lib/http/fetch-json";

const pageSize = 500;
/** An event may be committed this long after it was received, and be counted as repeated or timed even later. */
const slackMs = 15_000;

/**
 * What came since the log was opened. Asks for what is newer than the newest known, and a little further back for
 * those that were long in coming. Too much to catch up with: the log begins anew.
 */
export function eventTailQuery(search: EventSearch) {
  return queryOptions({
    queryKey: ["events", "tail", search],
    queryFn: async ({ client, queryKey, signal }): Promise<readonly EventEntry[]> => {
      const { queryKey: logKey } = eventsQuery(search);
      const known = client.getQueryData<readonly EventEntry[]>(queryKey) ?? [];
      const first = client.getQueryData(logKey)?.pages[0]?.events[0];
      const newest = known[0] ?? first;
      const from = newest ? new Date(Date.parse(newest.receivedAt) - slackMs).toISOString() : search.from;
      const path = eventsPath({ ...search, from }, { limit: String(pageSize) });
      const { events, nextCursor } = await fetchJson(path, eventListSchema, signal);
      if (nextCursor === null) return joinEvents(known, events);
      await client.resetQueries({ queryKey: logKey });
      return [];
    },
  });
}
