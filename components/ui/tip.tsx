"use client";

import { type ReactNode, useRef, useState } from "react";
import type { TipPopup } from "@/components/ui/tip-popup";

interface TipProps {
  label: ReactNode;
  shortcut?: string | undefined;
  /** The one element that has the tip. It must say the same to a screen reader by itself. */
  children: ReactNode;
}

const delayMs = 400;

/**
 * A few words below an element, on hover and keyboard focus. Base UI's tooltip shows them; it is loaded when the first tip
 * is wanted, and without it (a page older than the server, no network) there is no tip and nothing else is missing.
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
    // biome-ignore lint/a11y/noStaticElementInteractions: what is operated is inside; this only hears of it.
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
