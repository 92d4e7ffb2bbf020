"use client";

import { ArrowDownUp } from "lucide-react";
import { useRef, useState } from "react";
import { BoardNoMatch } from "@/components/board/board-no-match";
import { BoardNumbers } from "@/components/board/board-numbers";
import { BoardQuiet } from "@/components/board/board-quiet";
import { BoardToolbar } from "@/components/board/board-toolbar";
import { CallRows } from "@/components/board/call-rows";
import { CallTiles } from "@/components/board/call-tiles";
import { KeysDialog } from "@/components/board/keys-dialog";
import type { ListHandle } from "@/components/board/list-handle";
import { useBoard } from "@/components/board/use-board";
import { useBoardFilter } from "@/components/board/use-board-filter";
import { useBoardKeys } from "@/components/board/use-board-keys";
import { Button } from "@/components/ui/button";
import { toBoardNumbers } from "@/lib/calls/to-board-numbers";

/** The live board: every call that is going on, those that need somebody first. */
export function LiveBoard({ webhookUrl }: { webhookUrl: string }) {
  const { all, calls, now, isMoved, hold, letGo, reorder } = useBoard();
  const [{ show, view, beside }, setFilter] = useBoardFilter();
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [isShowingKeys, setShowingKeys] = useState(false);
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  useBoardKeys({
    calls,
    currentId,
    focus: (callId) => list.current?.focus(callId),
    search: () => search.current?.focus(),
    reorder,
    showKeys: () => setShowingKeys(true),
  });
  const List = view === "tiles" ? CallTiles : CallRows;
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-surface px-3 py-2 sm:px-4">
        <h1 className="sr-only">Live calls</h1>
        <BoardNumbers
          numbers={toBoardNumbers(all, now)}
          show={show}
          onShow={(next) => setFilter({ show: next })}
        />
        <div className="min-w-0 grow basis-96">
          <BoardToolbar calls={all} searchRef={search} onView={(next) => setFilter({ view: next })} />
        </div>
      </div>
      <div className="relative min-h-0" onPointerEnter={hold} onPointerLeave={letGo}>
        {calls.length > 0 && (
          <List ref={list} calls={calls} currentId={currentId} besideId={beside} onFocus={setCurrentId} />
        )}
        {calls.length === 0 && all.length === 0 && <BoardQuiet webhookUrl={webhookUrl} />}
        {calls.length === 0 && all.length > 0 && (
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
      <KeysDialog isOpen={isShowingKeys} onOpenChange={setShowingKeys} />
    </div>
  );
}
