"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { outcomes } from "@/lib/calls/report";
import { type EventEntry, lasts } from "@/lib/events/event";
import { type EventSearch, eventsQuery, eventTailQuery, joinEvents } from "@/lib/events/queries";

/**
 * Returns the events to show while the list is held: those shown before, and older ones as the viewer scrolls down.
 * Nothing is inserted above or between them. `waiting`: number of events left out.
 */
export function holdEvents(
  all: readonly EventEntry[],
  held: ReadonlySet<string> | null,
): { events: readonly EventEntry[]; waiting: number } {
  if (!held) return { events: all, waiting: 0 };
  const lastHeld = all.findLastIndex(({ key }) => held.has(key));
  const events = all.filter(({ key }, index) => held.has(key) || index > lastHeld);
  return { events, waiting: all.length - events.length };
}

/** Filters of the event log in the URL. A text that matches no event gives an empty list. */
export const eventParsers = {
  type: parseAsString.withDefault(""),
  outcome: parseAsStringLiteral(outcomes),
  callId: parseAsString.withDefault(""),
  conversation: parseAsString.withDefault(""),
  last: parseAsStringLiteral(lasts),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  /** Key of the event open in the side panel. */
  event: parseAsString.withDefault(""),
};

/** The event log's part of the URL: filters and open event, with setters. */
export function useEventSearch() {
  const [{ event, outcome, last, ...texts }, set] = useQueryStates(eventParsers, { history: "replace" });
  const search: EventSearch = { ...texts, outcome: outcome ?? "", last: last ?? "" };
  const isNarrowed = Object.values(search).some((value) => value !== "");
  const clear = () =>
    set({ type: null, outcome: null, callId: null, conversation: null, last: null, from: null, to: null });
  return { search, openKey: event, isNarrowed, set, clear };
}

/** Why a list is held still: the pointer is over it, it is scrolled down, it has keyboard focus, or it is paused. */
export type HoldReason = "pointer" | "scrolled" | "focus" | "paused";

interface Hold {
  reasons: ReadonlySet<HoldReason>;
  /** The keys in the list when the hold began; null if it is not held. */
  keys: ReadonlySet<string> | null;
}

const free: Hold = { reasons: new Set(), keys: null };

/** Holds a growing list still. @param list identifies the list; a different value releases the hold */
export function useHold(list: string) {
  const [{ reasons, keys }, setHold] = useState(free);
  const [heldList, setHeldList] = useState(list);
  if (heldList !== list) {
    setHeldList(list);
    setHold(free);
  }
  return {
    reasons,
    keys,
    /** @param shown the keys in the list now */
    hold: (reason: HoldReason, shown: readonly string[]) =>
      setHold((before) =>
        before.reasons.has(reason)
          ? before
          : { reasons: new Set([...before.reasons, reason]), keys: before.keys ?? new Set(shown) },
      ),
    release: (reason: HoldReason) =>
      setHold((before) => {
        if (!before.reasons.has(reason)) return before;
        const left = new Set([...before.reasons].filter((each) => each !== reason));
        return { reasons: left, keys: left.size > 0 ? before.keys : null };
      }),
    /** Moves the hold to the current list. */
    catchUp: (known: readonly string[]) =>
      setHold((before) => (before.keys ? { ...before, keys: new Set(known) } : before)),
  };
}

const tailMs = 2_000;

/** The filtered event log, the newly arrived events, and the hold that keeps the list still. */
export function useEventLog() {
  const { search } = useEventSearch();
  const { reasons, keys, hold, release, catchUp } = useHold(JSON.stringify(search));
  const isPaused = reasons.has("paused");
  const log = useInfiniteQuery(eventsQuery(search));
  const tail = useQuery({
    ...eventTailQuery(search),
    // No polling for a range with an end, or for a log that could not be read in the first place.
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
    release,
    catchUp: () => catchUp(toKeys(all)),
  };
}
