"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useMyCalls } from "@/components/alerts/use-open-alerts";
import { boardParsers, matchesFilter, type View } from "@/components/board/board-filter";
import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { useNow } from "@/components/clock/use-now";
import { type Call, isOnBoard } from "@/lib/calls/call";
import { liveCallsQuery } from "@/lib/calls/queries";
import { type BoardNumbers, sortByNeed, toBoardNumbers } from "@/lib/calls/state";
import { applyPushToCalls } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/**
 * Calls in the order they were held in, those that came since at the end: nothing moves under a pointer.
 * `isMoved`: letting go would change the order.
 */
export function holdOrder(
  sorted: readonly Call[],
  held: readonly string[] | null,
): { calls: readonly Call[]; isMoved: boolean } {
  if (!held) return { calls: sorted, isMoved: false };
  const place = new Map(held.map((id, index) => [id, index]));
  const calls = sorted.toSorted(
    (a, b) => (place.get(a.id) ?? held.length) - (place.get(b.id) ?? held.length),
  );
  return { calls, isMoved: calls.some((call, index) => call !== sorted[index]) };
}

/** The board's part of the URL, and the way to change it. */
export function useBoardFilter() {
  return useQueryStates(boardParsers, { history: "replace" });
}

const none: readonly Call[] = [];

/** Every call the board knows, kept current by pushes, or by polling while there are none. */
export function useLiveCalls(): { calls: readonly Call[]; error: Error | null } {
  useChannel(boardChannel, liveCallsQuery.queryKey, applyPushToCalls);
  const { data, error } = useQuery({ ...liveCallsQuery, refetchInterval: usePollInterval() });
  return { calls: data ?? none, error };
}

export interface Board {
  /** Every call of the board, whatever is asked for. */
  all: readonly Call[];
  /** Those asked for, in the order they are shown in. */
  calls: readonly Call[];
  /** The order is held, and letting go would change it. */
  isMoved: boolean;
  /** Why the newest fetch failed; what is shown may be old then. */
  error: Error | null;
  numbers: BoardNumbers;
  hold: () => void;
  letGo: () => void;
  /** Puts the calls in order at once, and holds that. */
  reorder: () => void;
}

/** What the board shows this second, and the grip that holds its order. */
export function useBoard(): Board {
  const { calls, error } = useLiveCalls();
  const [filter] = useBoardFilter();
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const now = useNow();
  const levels = useSilenceLevels();
  const mine = useMyCalls();

  const onBoard = calls.filter((call) => isOnBoard(call, now) || held?.includes(call.id));
  const sorted = sortByNeed(
    onBoard.filter((call) => matchesFilter(call, filter, { now, levels, mine })),
    now,
    levels,
  );
  const order = holdOrder(sorted, held);
  return {
    all: onBoard,
    ...order,
    error,
    numbers: toBoardNumbers(onBoard, now, levels),
    hold: () => setHeld(order.calls.map(({ id }) => id)),
    letGo: () => setHeld(null),
    reorder: () => setHeld((before) => before && sorted.map(({ id }) => id)),
  };
}

/** The board's shape, and the way to change it. The wallboard takes the whole screen where the browser lets it. */
export function useBoardView(): readonly [View, (view: View) => void] {
  const [{ view }, setFilter] = useBoardFilter();

  function setView(next: View) {
    void setFilter({ view: next });
    if (next !== "wall") return;
    // Refused without a click or key press just before: then the wallboard fills the window instead.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
  }

  return [view, setView];
}
