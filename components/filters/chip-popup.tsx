import { Popover } from "@base-ui/react/popover";
import type { ReactNode, RefObject } from "react";
import { classNames } from "@/components/ui/class-names";

interface ChipPopupProps {
  /** For screen readers. */
  label: string;
  /** The chip it opens below; gets the focus back on close. */
  anchor: RefObject<HTMLElement | null>;
  className: string;
  onClose: () => void;
  children: ReactNode;
}

/** A popup below a chip. */
export function ChipPopup({ label, anchor, className, onClose, children }: ChipPopupProps) {
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            aria-label={label}
            finalFocus={anchor}
            className={classNames(
              "rounded-lg border border-line bg-surface text-sm shadow-xl outline-none",
              className,
            )}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
