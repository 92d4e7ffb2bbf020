"use client";

import dynamic from "next/dynamic";
import type { Ref } from "react";
import { CallRows } from "@/components/board/call-rows";
import { type Board, useBoardFilter } from "@/components/board/use-board";
import type { ListHandle } from "@/components/board/use-list-handle";
import { leavesTrail } from "@/components/calls/list-trail";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { useWatchers } from "@/lib/realtime/client/watchers";

const CallTiles = withSuspense(
  dynamic(() => loadCode(() => import("@/components/board/call-tiles")).then((module) => module.CallTiles)),
);

// Loaded when the board is empty or no call matches.
const BoardQuiet = withSuspense(
  dynamic(() => loadCode(() => import("@/components/board/board-quiet")).then((module) => module.BoardQuiet)),
);

const BoardNoMatch = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/board/board-quiet")).then((module) => module.BoardNoMatch),
  ),
);

interface CallListProps {
  board: Board;
  currentId: string | null;
  onFocus: (callId: string) => void;
  webhookUrl: string;
  /** Whether a simulator runs and the viewer may use it. */
  canSimulate: boolean;
  listRef: Ref<ListHandle>;
}

/** The calls of the board, in rows or tiles. Their order is held while the pointer or the focus moves in them. */
export function CallList({ board, currentId, onFocus, webhookUrl, canSimulate, listRef }: CallListProps) {
  const { all, calls, gone, error, attention, area } = board;
  const [{ view, panel }, setFilter] = useBoardFilter();
  const watchers = useWatchers();
  const List = view === "tiles" ? CallTiles : CallRows;
  return (
    <div
      ref={area}
      className="@container flex min-h-0 flex-col"
      {...leavesTrail(
        "Live",
        calls.filter(({ id }) => !gone.has(id)).map(({ id }) => id),
      )}
    >
      {error && (
        <p role="alert" className="border-line border-b bg-waiting-soft px-4 py-2 text-waiting">
          {all.length > 0 ? "These calls may be out of date." : "Could not load calls."} {error.message}
        </p>
      )}
      {calls.length > 0 && (
        <List
          ref={listRef}
          calls={calls}
          gone={gone}
          alerts={attention.byCall}
          currentId={currentId}
          sidePanelId={panel}
          watchers={watchers}
          onFocus={onFocus}
        />
      )}
      {all.length === 0 && !error && <BoardQuiet webhookUrl={webhookUrl} canSimulate={canSimulate} />}
      {all.length > 0 && calls.length === 0 && (
        <BoardNoMatch onClear={() => setFilter({ show: null, assistant: null, number: null, q: null })} />
      )}
    </div>
  );
}
