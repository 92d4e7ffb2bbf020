import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type EventEntry, eventDetailSchema, eventListSchema } from "@/lib/events/event";
import { fetchJson } from "@/lib/http/client";

/** One event with everything stored for it. */
export function eventQuery(key: string) {
  return queryOptions({
    queryKey: ["events", "one", key],
    queryFn: ({ signal }) => fetchJson(`/api/events/${encodeURIComponent(key)}`, eventDetailSchema, signal),
  });
}

/** The filter as strings, as in the URL. */
export type EventSearch = Readonly<
  Record<"type" | "outcome" | "callId" | "conversation" | "last" | "from" | "to", string>
>;

/** The event log, newest first, a page at a time. eventTailQuery adds newer events. */
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

/** Returns the URL of a page of the log, without empty parameters. */
function eventsPath(search: EventSearch, more: Readonly<Record<string, string>>): string {
  const named = Object.entries({ ...search, ...more }).filter(([, value]) => value !== "");
  return `/api/events?${new URLSearchParams(named)}`;
}

/** Merges two lists by event key, newest receipt first; the second list wins. */
export function joinEvents(
  known: readonly EventEntry[],
  fresh: readonly EventEntry[],
): readonly EventEntry[] {
  const byKey = new Map([...known, ...fresh].map((event) => [event.key, event]));
  return [...byKey.values()].sort(byReceipt);
}

/** The server's order: newest first, then by key within a millisecond. */
function byReceipt(a: EventEntry, b: EventEntry): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt > b.receivedAt ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

/** Usually few events are new, so the first page is small and later ones are large. */
const firstPageSize = 50;
const pageSize = 500;
/** Pages fetched to catch up; if that is not enough, the log starts over. */
const mostPages = 10;
/** Events kept by a page that stays open; above that, the log starts over with the newest ones. */
const mostKept = 20_000;
const newestKept = 1_000;
/** An event may be committed, timed or counted as repeated up to this long after it was received. */
const slackMs = 5_000;

/**
 * Events received since the log was opened. Fetches pages from the newest event down to the newest known one, and
 * `slackMs` further for events that were committed late.
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

/** Starts the log over with the newest events; older ones are fetched again on scrolling. */
function beginAnew(client: QueryClient, search: EventSearch, events: EventEntry[]) {
  const last = events.at(-1);
  const nextCursor = last ? `${Date.parse(last.receivedAt)}_${last.key}` : null;
  const log = { pages: [{ events, nextCursor }], pageParams: [""] };
  client.setQueryData(eventsQuery(search).queryKey, log);
  return [];
}

const names = ["type", "outcome", "callId", "conversation", "last", "from", "to"] as const;

/** Reads the event log's filter from a page's search parameters, as the browser will. */
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
