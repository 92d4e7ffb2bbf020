"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode, RefObject } from "react";
import { Kbd } from "@/components/ui/kbd";

interface TipPopupProps {
  label: ReactNode;
  shortcut?: string | undefined;
  /** The element with the tip. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A tip's popup: below its element, moved to where the screen has room. Escape closes it. */
export function TipPopup({ label, shortcut, anchor, onClose }: TipPopupProps) {
  return (
    <Tooltip.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Tooltip.Portal>
        <Tooltip.Positioner
          anchor={anchor}
          side="bottom"
          sideOffset={6}
          aria-hidden
          className="pointer-events-none z-50"
        >
          <Tooltip.Popup className="flex items-center gap-2 whitespace-nowrap rounded-md bg-ink px-2 py-1 text-bg text-xs shadow-lg">
            {label}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
