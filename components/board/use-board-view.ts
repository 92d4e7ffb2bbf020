"use client";

import type { View } from "@/components/board/board-filter";
import { useBoardFilter } from "@/components/board/use-board-filter";

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
