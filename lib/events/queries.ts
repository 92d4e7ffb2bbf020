import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type EventEntry, eventDetailSchema, eventListSchema } from "@/lib/events/event";
import { fetchJson } from "@/lib/http/client";

/** One delivery with all that is kept of it. */
export function eventQuery(key: string) {
  return queryOptions({
    queryKey: ["events", "one", key],
    queryFn: ({ signal }) => fetchJson(`/api/events/${encodeURIComponent(key)}`, eventDetailSchema, signal),
  });
}

/** The filter as it stands in the URL: names and texts. */
export type EventSearch = Readonly<
  Record<"type" | "outcome" | "callId" | "conversation" | "last" | "from" | "to", string>
>;

/** The event log, newest first, a page at a time. Newer ones come by eventTailQuery. */
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

/** Two lists as one, each event once and as the second knows it, newest receipt first. */
export function joinEvents(
  known: readonly EventEntry[],
  fresh: readonly EventEntry[],
): readonly EventEntry[] {
  const byKey = new Map([...known, ...fresh].map((event) => [event.key, event]));
  return [...byKey.values()].sort(byReceipt);
}

/** As the server sorts: newest first, and by key within a millisecond. */
function byReceipt(a: EventEntry, b: EventEntry): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt > b.receivedAt ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

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

const names = ["type", "outcome", "callId", "conversation", "last", "from", "to"] as const;

/** The filter of the event log out of a page's search parameters, as the browser will read it. */
export function toEventSearch(params: Readonly<Record<string, string | string[] | undefined>>): EventSearch {
  const read = (name: (typeof names)[number]) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  return {
    type: read("type"),
    outcome: read("outcome"),
    callId: read("callId"),
    conversation: read("conversation"),
    last: read("last"),
    from: read("from"),
    to: read("to"),
  };
}
