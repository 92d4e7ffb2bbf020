"use client";

import { type RefCallback, useEffect, useEffectEvent, useRef, useState } from "react";

/** How long after the last movement a list is held still. */
const holdMs = 3_000;

const movements = ["pointermove", "wheel", "touchmove", "focusin"] as const;

interface Hold<T> {
  /** The ref of the element that holds the list. */
  area: RefCallback<HTMLElement>;
  /** The value when the hold began; null if nothing is held. */
  held: T | null;
  /** Ends the hold at once. */
  release: () => void;
}

/**
 * Holds `current` still while the pointer or the focus moves in a list, and for 3 s after; a resting pointer does not
 * hold it. So a pointer that has just left, to press something below the list, does not find it moved.
 */
export function useHold<T>(current: T): Hold<T> {
  const [element, area] = useState<HTMLElement | null>(null);
  const [held, setHeld] = useState<T | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function release() {
    clearTimeout(timer.current);
    setHeld(null);
  }

  const onMovement = useEffectEvent(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, holdMs);
    setHeld((before) => before ?? current);
  });

  useEffect(() => {
    const touch = () => onMovement();
    for (const each of movements) element?.addEventListener(each, touch, { passive: true });
    return () => {
      for (const each of movements) element?.removeEventListener(each, touch);
      clearTimeout(timer.current);
    };
  }, [element]);

  return { area, held, release };
}
