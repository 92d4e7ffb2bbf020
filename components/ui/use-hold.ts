"use client";

import { type RefCallback, useCallback, useEffect, useRef, useState } from "react";

/** How long after the last movement a list is held still. */
const holdMs = 3_000;

const movements = ["pointermove", "wheel", "touchmove", "focusin"] as const;

interface Hold<T> {
  /** The ref of the element that holds the list. The hold ends when it is removed. */
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
  const [held, setHeld] = useState<T | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });

  const release = useCallback(() => {
    clearTimeout(timer.current);
    setHeld(null);
  }, []);

  // Not an effect on an element kept in state: setting that would render the whole list a second time when it mounts.
  const area = useCallback(
    (element: HTMLElement | null) => {
      const onMovement = () => {
        clearTimeout(timer.current);
        timer.current = setTimeout(release, holdMs);
        setHeld((before) => before ?? latest.current);
      };
      for (const each of movements) element?.addEventListener(each, onMovement, { passive: true });
      return () => {
        for (const each of movements) element?.removeEventListener(each, onMovement);
        release();
      };
    },
    [release],
  );

  return { area, held, release };
}
