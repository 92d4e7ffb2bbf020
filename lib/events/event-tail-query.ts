import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type EventEntry, eventListSchema } from "@/lib/events/event-entry";
import { type EventSearch, eventsPath, eventsQuery } from "@/lib/events/events-query";
import { joinEvents } from "@/lib/events/join-events";
import { fetchJson } from "@/lib/http/fetch-json";

/** Mostly little came; the pages after the first are for when much did. */
const firstPageSize = 50;
const pageSize = 500;
/** So many pages are caught up with at once; what is more begins the log anew. */
const mostPages = 10;
/** A page that is open all day keeps so many; then the log begins anew with the newest of them. */
const mostKept = 20_000;
const newestKept = 1_000;
/** An event may be committed this long after it was received, or be timed, or counted as repeated. */
const slackMs = 5_000;

/**
 * What came since the log was opened: asks for the newest, page after page, down to the newest that was known and a little
 * further, for those that were long in coming.
 */
export function eventTailQuery(search: EventSearch) {
  return queryOptions({
    queryKey: ["events", "tail", search],
    queryFn: async ({ client, queryKey, signal }): Promise<readonly EventEntry[]> => {
      const known = client.getQueryData<readonly EventEntry[]>(queryKey) ?? [];
      const newest = known[0] ?? client.getQueryData(eventsQuery(search).queryKey)?.pages[0]?.events[0];
      const fresh: EventEntry[] = [];
      let cursor: string | null = "";
      for (let page = 0; page < mostPages && cursor !== null; page += 1) {
        const path = eventsPath(search, { limit: String(page === 0 ? firstPageSize : pageSize), cursor });
        const { events, nextCursor } = await fetchJson(path, eventListSchema, signal);
        fresh.push(...events);
        cursor = newest && isBefore(events.at(-1), newest, slackMs) ? null : nextCursor;
      }
      const hasReached = cursor === null || (newest && isBefore(fresh.at(-1), newest, 0));
      const joined = hasReached ? joinEvents(known, fresh) : fresh;
      if (hasReached && joined.length <= mostKept) return joined;
      return beginAnew(client, search, joined.slice(0, newestKept));
    },
  });
}

/** Whether an event was received at least `ms` before another. */
function isBefore(event: EventEntry | undefined, other: EventEntry, ms: number): boolean {
  return event !== undefined && Date.parse(event.receivedAt) <= Date.parse(other.receivedAt) - ms;
}

/** Too much came to have it all: what is older is let go, and found again by going down. */
function beginAnew(client: QueryClient, search: EventSearch, events: EventEntry[]) {
  const last = events.at(-1);
  const nextCursor = last ? `${Date.parse(last.receivedAt)}_${last.key}` : null;
  const log = { pages: [{ events, nextCursor }], pageParams: [""] };
  client.setQueryData(eventsQuery(search).queryKey, log);
  return [];
}
