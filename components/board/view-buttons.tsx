"use client";

import { LayoutGrid, Maximize, Rows3 } from "lucide-react";
import { useBoardView } from "@/components/board/use-board-view";
import { IconButton } from "@/components/ui/icon-button";

const shapes = [
  { view: "rows", label: "Rows", shortcut: "1", Icon: Rows3 },
  { view: "tiles", label: "Tiles", shortcut: "2", Icon: LayoutGrid },
  { view: "wall", label: "Wallboard", shortcut: "3", Icon: Maximize },
] as const;

/** Rows, tiles or the wallboard. */
export function ViewButtons() {
  const [current, setView] = useBoardView();
  return (
    <fieldset aria-label="Shape of the board" className="ml-auto flex">
      {shapes.map(({ view, label, shortcut, Icon }) => (
        <IconButton
          key={view}
          label={label}
          shortcut={shortcut}
          align="end"
          aria-pressed={view === current}
          onClick={() => setView(view)}
          className="aria-pressed:bg-hover aria-pressed:text-ink"
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
    </fieldset>
  );
}
