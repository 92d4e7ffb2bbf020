"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { outcomes } from "@/lib/calls/report";
import { type EventEntry, lasts } from "@/lib/events/event";
import { type EventSearch, eventsQuery, eventTailQuery, joinEvents } from "@/lib/events/queries";

/**
 * Of all known events those to show while the list is held: what was there, and what is older still (the reader may
 * go on down). Nothing comes in above or between what is being looked at. `waiting`: how many were left out.
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

/** What of the event log somebody wants to see, as it stands in the URL. Texts that fit nothing find nothing. */
export const eventParsers = {
  type: parseAsString.withDefault(""),
  outcome: parseAsStringLiteral(outcomes),
  callId: parseAsString.withDefault(""),
  conversation: parseAsString.withDefault(""),
  last: parseAsStringLiteral(lasts),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  /** The event that is open beside the log. */
  event: parseAsString.withDefault(""),
};

/** The event log's part of the URL: what is asked for, which event is open, and the way to change either. */
export function useEventSearch() {
  const [{ event, outcome, last, ...texts }, set] = useQueryStates(eventParsers, { history: "replace" });
  const search: EventSearch = { ...texts, outcome: outcome ?? "", last: last ?? "" };
  const isNarrowed = Object.values(search).some((value) => value !== "");
  const clear = () =>
    set({ type: null, outcome: null, callId: null, conversation: null, last: null, from: null, to: null });
  return { search, openKey: event, isNarrowed, set, clear };
}

/** Why a list stands still: somebody points at it, has scrolled down, is in it with the keyboard, or paused it. */
export type HoldReason = "pointer" | "scrolled" | "focus" | "paused";

interface Hold {
  reasons: ReadonlySet<HoldReason>;
  /** The keys that were there when it was taken hold of; null while nothing holds. */
  keys: ReadonlySet<string> | null;
}

const free: Hold = { reasons: new Set(), keys: null };

/** The grip on a list that grows by itself. @param list another list: whoever held this one lets go */
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
    /** @param shown the keys that are in the list now */
    hold: (reason: HoldReason, shown: readonly string[]) =>
      setHold((before) =>
        before.reasons.has(reason)
          ? before
          : { reasons: new Set([...before.reasons, reason]), keys: before.keys ?? new Set(shown) },
      ),
    letGo: (reason: HoldReason) =>
      setHold((before) => {
        if (!before.reasons.has(reason)) return before;
        const left = new Set([...before.reasons].filter((each) => each !== reason));
        return { reasons: left, keys: left.size > 0 ? before.keys : null };
      }),
    /** Holds on to what is known now instead. */
    catchUp: (known: readonly string[]) =>
      setHold((before) => (before.keys ? { ...before, keys: new Set(known) } : before)),
  };
}

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
