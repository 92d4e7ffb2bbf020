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

/** The order of the board while it is held, and what was urgent when the hold began. */
interface HeldOrder {
  ids: readonly string[];
  urgent: ReadonlySet<string>;
}

/**
 * Calls in the order they were held in, so that nothing moves under a pointer: those that came since stand at the end,
 * but whoever has become urgent since is at the top at once. `moved`: how many calls letting go would move; `added`: how
 * many came since.
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
  /** Calls that have left, whose place stays empty until the order is let go. */
  gone: ReadonlySet<string>;
  /** The order is held: how many calls letting go would move, and how many came since. */
  moved: number;
  added: number;
  /** Why the newest fetch failed; what is shown may be old then. */
  error: Error | null;
  attention: Attention;
  numbers: BoardNumbers;
  /** For the element of the list: movements in it hold the order. */
  area: RefCallback<HTMLElement>;
  /** Lets go of the order, which puts the calls in order at once. */
  letGo: () => void;
}

/** What the board shows this second, and the grip that holds its order. */
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
  // Their place is kept, or every row below would jump under the pointer.
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
    letGo: release,
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
