"use client";

import { PanelRight } from "lucide-react";
import { useBoardFilter } from "@/components/board/use-board-filter";
import { IconButton } from "@/components/ui/icon-button";

/** In a row: opens its call beside the board. For the mouse; the keyboard has a key for it. */
export function BesideButton({ callId }: { callId: string }) {
  const [, setFilter] = useBoardFilter();
  return (
    <IconButton
      label="Open beside the board"
      shortcut="o"
      align="end"
      tabIndex={-1}
      onClick={() => setFilter({ beside: callId })}
      className="relative z-10 size-7 opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
    >
      <PanelRight aria-hidden />
    </IconButton>
  );
}
