"use client";

import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from "react";
import { classNames } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";

interface TipProps {
  label: ReactNode;
  shortcut?: string;
  /** Which side of the element the tip keeps to: "end" near the right edge of the screen. */
  align?: "center" | "end";
  /** The one element that has the tip. It must say the same to a screen reader by itself. */
  children: ReactNode;
}

const delayMs = 400;

/** A few words below an element, on hover and keyboard focus; Escape takes them away. */
export function Tip({ label, shortcut, align = "center", children }: TipProps) {
  const [isOpen, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function show(afterMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(setOpen, afterMs, true);
  }

  function hide() {
    clearTimeout(timer.current);
    setOpen(false);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is operated is inside; this only hears of it.
    <span
      className="relative inline-flex"
      onPointerEnter={({ pointerType }: PointerEvent) => pointerType === "mouse" && show(delayMs)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={({ target }: FocusEvent) => target.matches(":focus-visible") && show(0)}
      onBlur={hide}
      onKeyDown={({ key }: KeyboardEvent) => key === "Escape" && hide()}
    >
      {children}
      {isOpen && (
        <span
          aria-hidden
          className={classNames(
            "absolute top-full z-50 pt-1.5",
            align === "end" ? "right-0" : "left-1/2 -translate-x-1/2",
          )}
        >
          <span className="flex items-center gap-2 whitespace-nowrap rounded-md bg-ink px-2 py-1 font-normal text-bg text-xs shadow-lg">
            {label}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </span>
        </span>
      )}
    </span>
  );
}
