"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { RefCallback } from "react";
import { type Attention, useAttention } from "@/components/alerts/use-open-alerts";
import { boardParsers, matchesFilter, type View } from "@/components/board/board-filter";
import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { useNow } from "@/components/clock/clock";
import { useHold } from "@/components/ui/use-hold";
import { type Call, isOnBoard } from "@/lib/calls/call";
import { liveCallsQuery } from "@/lib/calls/queries";
import { type BoardNumbers, sortByNeed, toBoardNumbers } from "@/lib/calls/state";
import { applyPushToCalls } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/** Order of the board while it is held, and which calls were urgent when the hold began. */
interface HeldOrder {
  ids: readonly string[];
  urgent: ReadonlySet<string>;
}

/**
 * Returns the calls in their held order, so that nothing moves under a pointer. Newer calls come last, but a call that
 * has become urgent moves to the top at once. `moved`: how many calls a release would move; `added`: how many are new.
 */
export function holdOrder(
  sorted: readonly Call[],
  held: HeldOrder | null,
  isUrgent: (callId: string) => boolean,
): { calls: readonly Call[]; moved: number; added: number } {
  if (!held) return { calls: sorted, moved: 0, added: 0 };
  const place = new Map(held.ids.map((id, index) => [id, index]));
  const isPinned = ({ id }: Call) => isUrgent(id) && !held.urgent.has(id);
  const placeOf = (call: Call) => (isPinned(call) ? -1 : (place.get(call.id) ?? held.ids.length));
  const calls = sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    calls,
    moved: calls.filter((call, index) => call !== sorted[index]).length,
    added: sorted.filter(({ id }) => !place.has(id)).length,
  };
}

/** The board's part of the URL, and the way to change it. */
export function useBoardFilter() {
  return useQueryStates(boardParsers, { history: "replace" });
}

const none: readonly Call[] = [];

/** All calls of the board, kept current by pushes, or by polling while the push connection is down. */
export function useLiveCalls(): { calls: readonly Call[]; error: Error | null } {
  useChannel(boardChannel, liveCallsQuery.queryKey, applyPushToCalls);
  const { data, error } = useQuery({
    ...liveCallsQuery,
    refetchInterval: usePollInterval(),
    refetchIntervalInBackground: true,
  });
  return { calls: data ?? none, error };
}

export interface Board {
  /** All calls of the board, whatever the filter. */
  all: readonly Call[];
  /** Calls that match the filter, in display order. */
  calls: readonly Call[];
  /** Calls that have left and whose place is kept until the order is released. */
  gone: ReadonlySet<string>;
  /** While the order is held: how many calls a release would move, and how many are new. */
  moved: number;
  added: number;
  /** Why the last fetch failed; the calls may then be out of date. */
  error: Error | null;
  attention: Attention;
  numbers: BoardNumbers;
  /** Ref of the list element: movement in it holds the order. */
  area: RefCallback<HTMLElement>;
  /** Releases the order, which re-sorts the calls at once. */
  updateOrder: () => void;
}

/** State of the board, updated every second, and the hold on its order. */
export function useBoard(): Board {
  const { calls, error } = useLiveCalls();
  const [filter] = useBoardFilter();
  const now = useNow();
  const levels = useSilenceLevels();
  const onBoard = calls.filter((call) => isOnBoard(call, now));
  const attention = useAttention(onBoard);
  const { open, mine } = attention;

  const sight = { now, levels, open, mine };
  const sorted = sortByNeed(
    onBoard.filter((call) => matchesFilter(call, filter, sight)),
    now,
    levels,
    open,
  );
  const isUrgent = (callId: string) => open.get(callId)?.isSeen === false;
  const { area, held, release } = useHold<HeldOrder>({
    ids: sorted.map(({ id }) => id),
    urgent: new Set([...open.keys()].filter(isUrgent)),
  });
  const present = new Set(sorted.map(({ id }) => id));
  // Keeps their places, so that the rows below do not jump under the pointer.
  const leftSince = calls.filter(({ id }) => held?.ids.includes(id) && !present.has(id));
  const order = holdOrder([...sorted, ...leftSince], held, isUrgent);
  return {
    all: onBoard,
    ...order,
    gone: new Set(leftSince.map(({ id }) => id)),
    error,
    attention,
    numbers: toBoardNumbers(onBoard, now, levels),
    area,
    updateOrder: release,
  };
}

/** The board's layout, with a setter. The wallboard goes full screen if the browser allows it. */
export function useBoardView(): readonly [View, (view: View) => void] {
  const [{ view }, setFilter] = useBoardFilter();

  function setView(next: View) {
    void setFilter({ view: next });
    if (next !== "wall") return;
    // Rejected without a recent click or key press; the wallboard then fills the window.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
  }

  return [view, setView];
}
