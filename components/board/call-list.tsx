"use client";

import { ArrowDownUp } from "lucide-react";
import type { Ref } from "react";
import { BoardNoMatch } from "@/components/board/board-no-match";
import { BoardQuiet } from "@/components/board/board-quiet";
import { CallRows } from "@/components/board/call-rows";
import { CallTiles } from "@/components/board/call-tiles";
import type { ListHandle } from "@/components/board/list-handle";
import type { Board } from "@/components/board/use-board";
import { useBoardFilter } from "@/components/board/use-board-filter";
import { Button } from "@/components/ui/button";
import { useWatchers } from "@/lib/realtime/client/watchers";

interface CallListProps {
  board: Board;
  currentId: string | null;
  onFocus: (callId: string) => void;
  webhookUrl: string;
  /** Earshot runs beside a simulator, and whoever looks may use it. */
  canSimulate: boolean;
  listRef: Ref<ListHandle>;
}

/** The calls of the board, in rows or tiles. Their order is held while the pointer is over them. */
export function CallList({ board, currentId, onFocus, webhookUrl, canSimulate, listRef }: CallListProps) {
  const { all, calls, isMoved, hold, letGo, reorder } = board;
  const [{ view, beside }, setFilter] = useBoardFilter();
  const watchers = useWatchers();
  const List = view === "tiles" ? CallTiles : CallRows;
  return (
    <div className="@container relative min-h-0" onPointerEnter={hold} onPointerLeave={letGo}>
      {calls.length > 0 && (
        <List
          ref={listRef}
          calls={calls}
          currentId={currentId}
          besideId={beside}
          watchers={watchers}
          onFocus={onFocus}
        />
      )}
      {all.length === 0 && <BoardQuiet webhookUrl={webhookUrl} canSimulate={canSimulate} />}
      {all.length > 0 && calls.length === 0 && (
        <BoardNoMatch onClear={() => setFilter({ show: null, assistant: null, number: null, q: null })} />
      )}
      {isMoved && (
        <Button
          look="primary"
          size="small"
          onClick={reorder}
          className="absolute top-2 left-1/2 z-20 -translate-x-1/2 rounded-full shadow-lg"
        >
          <ArrowDownUp aria-hidden />
          Reorder
        </Button>
      )}
    </div>
  );
}
