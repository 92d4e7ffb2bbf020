"use client";

import { type ReactNode, useRef, useState } from "react";
import type { TipPopup } from "@/components/ui/tip-popup";

interface TipProps {
  label: ReactNode;
  shortcut?: string | undefined;
  /** The one element with the tip. Its accessible name must say the same. */
  children: ReactNode;
}

const delayMs = 400;

/**
 * A short tip below an element, on hover and keyboard focus. Base UI's tooltip is loaded when the first tip is needed;
 * if that fails (the page is older than the server, or offline), there is no tip but everything else works.
 */
export function Tip({ label, shortcut, children }: TipProps) {
  const [Popup, setPopup] = useState<typeof TipPopup | null>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const wanted = useRef<ReturnType<typeof setTimeout>>(undefined);

  function show(afterMs: number) {
    clearTimeout(wanted.current);
    const loading = import("@/components/ui/tip-popup").catch(() => null);
    const timer = setTimeout(async () => {
      const loaded = await loading;
      if (loaded && wanted.current === timer) setPopup(() => loaded.TipPopup);
    }, afterMs);
    wanted.current = timer;
  }

  function hide() {
    clearTimeout(wanted.current);
    wanted.current = undefined;
    setPopup(null);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control is inside; this only observes its events.
    <span
      ref={anchor}
      className="inline-flex"
      onPointerEnter={({ pointerType }) => pointerType === "mouse" && show(delayMs)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={({ target }) => target.matches(":focus-visible") && show(0)}
      onBlur={hide}
    >
      {children}
      {Popup && <Popup label={label} shortcut={shortcut} anchor={anchor} onClose={hide} />}
    </span>
  );
}
