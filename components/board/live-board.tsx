"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useDeferredValue, useRef, useState } from "react";
import { ClockAlarm } from "@/components/alerts/alert-watch";
import { useAcknowledgeCall } from "@/components/alerts/use-alert-actions";
import { BoardNumbers } from "@/components/board/board-numbers";
import { BoardToolbar } from "@/components/board/board-toolbar";
import { CallList } from "@/components/board/call-list";
import { type PulseFigure, toPulseFigures } from "@/components/board/to-pulse-figures";
import { useBoard, useBoardFilter, useBoardView } from "@/components/board/use-board";
import { useBoardKeys } from "@/components/board/use-board-keys";
import type { ListHandle } from "@/components/board/use-list-handle";
import { classNames } from "@/components/ui/class-names";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { pulseQuery } from "@/lib/calls/queries";

/** The last hour's figures; none before they are known. */
export function usePulse(): readonly PulseFigure[] {
  const { data } = useQuery(pulseQuery);
  return data ? toPulseFigures(data) : [];
}

// The board renders without them; loaded when needed.
const CallSidePanel = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/board/call-side-panel")).then((module) => module.CallSidePanel),
  ),
);
const KeysDialog = withSuspense(
  dynamic(() => loadCode(() => import("@/components/board/keys-dialog")).then((module) => module.KeysDialog)),
);
const Wallboard = withSuspense(
  dynamic(() => loadCode(() => import("@/components/board/wallboard")).then((module) => module.Wallboard)),
);

/** The live board: all live calls, those that need attention first. */
export function LiveBoard({ webhookUrl, canSimulate }: { webhookUrl: string; canSimulate: boolean }) {
  // Deferred, so that React renders a thousand calls in slices and yields to clicks and keys in between.
  const board = useDeferredValue(useBoard());
  const pulse = usePulse();
  const [{ show, panel }, setFilter] = useBoardFilter();
  const [view, setView] = useBoardView();
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [isShowingKeys, setShowingKeys] = useState(false);
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  useBoardKeys({
    calls: board.calls,
    currentId,
    focus: (callId) => list.current?.focus(callId),
    search: () => search.current?.focus(),
    reorder: board.updateOrder,
    acknowledge: useAcknowledgeCall(),
    showKeys: () => setShowingKeys(true),
  });

  if (view === "wall")
    return (
      <>
        <ClockAlarm calls={board.all} />
        <Wallboard
          attention={board.attention}
          numbers={board.numbers}
          pulse={pulse}
          calls={board.calls}
          onLeave={() => setView("rows")}
        />
      </>
    );
  return (
    <div
      className={classNames(
        "grid h-full grid-cols-[minmax(0,1fr)]",
        panel && "xl:grid-cols-[minmax(0,1fr)_30rem]",
      )}
    >
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
        <div className="border-line border-b bg-surface">
          <BoardNumbers
            attention={board.attention}
            numbers={board.numbers}
            pulse={pulse}
            show={show}
            onShow={(next) => setFilter({ show: next })}
          />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t px-3 py-2 sm:px-4">
            <h1 className="font-semibold text-xl max-sm:sr-only">Live</h1>
            <div className="min-w-0 grow">
              <BoardToolbar board={board} searchRef={search} />
            </div>
          </div>
        </div>
        <CallList
          board={board}
          currentId={currentId}
          onFocus={setCurrentId}
          webhookUrl={webhookUrl}
          canSimulate={canSimulate}
          listRef={list}
        />
      </div>
      {panel && <CallSidePanel callId={panel} onClose={() => setFilter({ panel: null })} />}
      <ClockAlarm calls={board.all} />
      {isShowingKeys && <KeysDialog onClose={() => setShowingKeys(false)} />}
    </div>
  );
}
