"use client";

import { useState } from "react";
import { useMyCalls } from "@/components/alerts/use-my-calls";
import { matchesFilter } from "@/components/board/board-filter";
import { holdOrder } from "@/components/board/hold-order";
import { useBoardFilter } from "@/components/board/use-board-filter";
import { useLiveCalls } from "@/components/board/use-live-calls";
import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { useNow } from "@/components/clock/use-now";
import type { Call } from "@/lib/calls/call";
import { isOnBoard } from "@/lib/calls/call";
import { type BoardNumbers, sortByNeed, toBoardNumbers } from "@/lib/calls/state";

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
