"use client";

import { useBoardFilter, useBoardView } from "@/components/board/use-board";
import { useKeys } from "@/components/ui/use-keys";
import type { Call } from "@/lib/calls/call";

interface BoardKeys {
  calls: readonly Call[];
  currentId: string | null;
  focus: (callId: string) => void;
  search: () => void;
  reorder: () => void;
  /** Acknowledges the call's alert, if it has one. */
  acknowledge: (call: Call) => void;
  showKeys: () => void;
}

/** The board's keys; KeysDialog lists them. Enter needs none: each row is a link. */
export function useBoardKeys(board: BoardKeys): void {
  const { calls, currentId, focus, search, reorder, acknowledge, showKeys } = board;
  const [{ show, view, panel }, setFilter] = useBoardFilter();
  const [, setView] = useBoardView();

  /** Moves from the current call, or from before the first if there is none. */
  function move(steps: number) {
    const from = calls.findIndex(({ id }) => id === currentId);
    const to = calls[Math.min(calls.length - 1, Math.max(0, from + steps))];
    if (!to) return;
    focus(to.id);
    // An open side panel follows.
    if (panel !== "") void setFilter({ panel: to.id });
  }

  function acknowledgeCurrent() {
    const current = calls.find(({ id }) => id === currentId);
    if (current) acknowledge(current);
  }

  useKeys([
    [["j", "ArrowDown"], () => move(1)],
    [["k", "ArrowUp"], () => move(-1)],
    [["o"], () => setFilter({ panel: currentId })],
    [["Escape"], () => setFilter(view === "wall" ? { view: null } : { panel: null })],
    [["/"], search],
    [["n"], () => setFilter({ show: show === "attention" ? null : "attention" })],
    [["a"], acknowledgeCurrent],
    [["r"], reorder],
    [["1"], () => setView("rows")],
    [["2"], () => setView("tiles")],
    [["3"], () => setView("wall")],
    [["?"], showKeys],
  ]);
}
