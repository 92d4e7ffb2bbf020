"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { holdEvents } from "@/components/events/hold-events";
import { useEventSearch } from "@/components/events/use-event-search";
import { type HoldReason, useHold } from "@/components/events/use-hold";
import { eventsQuery, eventTailQuery, joinEvents } from "@/lib/events/queries";

const tailMs = 2_000;

/** The event log as it is asked for, what comes in by itself, and the grip that holds it still. */
export function useEventLog() {
  const { search } = useEventSearch();
  const { reasons, keys, hold, letGo, catchUp } = useHold(JSON.stringify(search));
  const isPaused = reasons.has("paused");
  const log = useInfiniteQuery(eventsQuery(search));
  const tail = useQuery({
    ...eventTailQuery(search),
    // A range with an end has been; and nothing comes to what could not be read in the first place.
    enabled: !isPaused && search.to === "" && log.data !== undefined,
    refetchInterval: tailMs,
  });

  const pages = log.data?.pages.flatMap((page) => page.events) ?? [];
  const all = joinEvents(pages, tail.data ?? []);
  const { events, waiting } = holdEvents(all, keys);
  const toKeys = (list: typeof all) => list.map(({ key }) => key);
  return {
    events,
    waiting,
    isPaused,
    isPending: log.isPending,
    error: log.error ?? tail.error,
    hasMore: log.hasNextPage,
    isLoadingMore: log.isFetchingNextPage,
    loadMore: () => log.fetchNextPage(),
    retry: () => log.refetch(),
    hold: (reason: HoldReason) => hold(reason, toKeys(events)),
    letGo,
    catchUp: () => catchUp(toKeys(all)),
  };
}
