"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Pixels from the end that still count as being there. */
const nearPx = 40;

interface StickToEnd {
  scroller: RefObject<HTMLElement | null>;
  /** Something came at the end while the reader was further up. */
  isBehind: boolean;
  catchUp: () => void;
}

/** Keeps a scroller at its end while `isLive`, and holds still once the reader has scrolled up. */
export function useStickToEnd(isLive: boolean, count: number): StickToEnd {
  const scroller = useRef<HTMLElement>(null);
  const [countLeftAt, setCountLeftAt] = useState<number | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !isLive) return;
    const stick = () => {
      element.scrollTop = element.scrollHeight;
    };
    if (countLeftAt === null) stick();
    const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    const onScroll = () => setCountLeftAt((before) => (isAtEnd() ? null : (before ?? count)));
    // A bubble may grow without a new item: partials replace each other in place.
    const growth = new MutationObserver(() => countLeftAt === null && stick());
    growth.observe(element, { childList: true, subtree: true, characterData: true });
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      growth.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [isLive, count, countLeftAt]);

  return {
    scroller,
    isBehind: isLive && countLeftAt !== null && count > countLeftAt,
    catchUp: () => setCountLeftAt(null),
  };
}
