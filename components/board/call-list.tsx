"use client";

import { ArrowDownUp, Moon, Phone, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { type Ref, useState, useTransition } from "react";
import { CallRows } from "@/components/board/call-rows";
import type { ListHandle } from "@/components/board/list-handle";
import { type Board, useBoardFilter } from "@/components/board/use-board";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/panel";
import { sendJson } from "@/lib/http/client";
import { useWatchers } from "@/lib/realtime/client/watchers";

const CallTiles = dynamic(() => import("@/components/board/call-tiles").then((module) => module.CallTiles));

/** There are live calls, but none that was asked for. */
export function BoardNoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Notice icon={<SearchX aria-hidden />} title="No live call matches.">
      <Button onClick={onClear}>Show all calls</Button>
    </Notice>
  );
}

/** Lets an invented caller ring, for somebody who wants to see a call before Vapi sends one. */
export function SimulateButton() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const simulate = () =>
    start(async () => {
      const sent = await sendJson("POST", "/api/simulation");
      setRefusal(sent.ok ? null : sent.why);
    });
  return (
    <div className="mt-4 grid justify-items-center gap-2">
      <Button onClick={simulate} disabled={isPending}>
        <Phone aria-hidden />
        Start a simulated call
      </Button>
      {refusal && (
        <p role="alert" className="text-danger">
          {refusal}
        </p>
      )}
    </div>
  );
}

interface BoardQuietProps {
  webhookUrl: string;
  canSimulate: boolean;
}

/** The board without a call: calm, and what to do next. */
export function BoardQuiet({ webhookUrl, canSimulate }: BoardQuietProps) {
  return (
    <Notice icon={<Moon aria-hidden />} title="All quiet. No live calls.">
      <p>Calls appear here as soon as Vapi sends one. Your Server URL:</p>
      <p className="mx-auto mt-3 flex w-fit max-w-full items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3 text-ink">
        <code className="truncate font-mono text-xs">{webhookUrl}</code>
        <CopyButton text={webhookUrl} what="the webhook URL" />
      </p>
      {canSimulate && <SimulateButton />}
    </Notice>
  );
}

interface CallListProps {
  board: Board;
  currentId: string | null;
  onFocus: (callId: string) => void;
  webhookUrl: string;
  /** Earshot runs beside a simulator, and whoever looks may use it. */
  canSimulate: boolean;
  listRef: Ref<ListHandle>;
}

/** The calls of the board, in rows or tiles. Their order is held while the pointer or the focus moves in them. */
export function CallList({ board, currentId, onFocus, webhookUrl, canSimulate, listRef }: CallListProps) {
  const { all, calls, gone, attention, moved, added, area, letGo } = board;
  const [{ view, beside }, setFilter] = useBoardFilter();
  const watchers = useWatchers();
  const List = view === "tiles" ? CallTiles : CallRows;
  return (
    <div ref={area} className="@container relative min-h-0">
      {calls.length > 0 && (
        <List
          ref={listRef}
          calls={calls}
          gone={gone}
          alerts={attention.byCall}
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
      {(moved > 0 || added > 0) && (
        <Button
          look="primary"
          size="small"
          onClick={letGo}
          className="absolute top-2 left-1/2 z-20 -translate-x-1/2 rounded-full shadow-lg"
        >
          <ArrowDownUp aria-hidden />
          {added > 0 ? `${added} new` : `${moved} ${moved === 1 ? "call" : "calls"} moved`}. Update order
        </Button>
      )}
    </div>
  );
}
