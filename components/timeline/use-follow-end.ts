"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

/** Pixels from the end that still count as being there. */
const nearPx = 48;

/** For a sideways scroller that grows to the right: stays at its end while `isLive`, unless somebody scrolled back. */
export function useFollowEnd(isLive: boolean, end: number): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  const widthBefore = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !isLive || end === 0) return;
    const { scrollLeft, clientWidth, scrollWidth } = element;
    const wasAtEnd = widthBefore.current === null || scrollLeft + clientWidth >= widthBefore.current - nearPx;
    widthBefore.current = scrollWidth;
    if (wasAtEnd) element.scrollLeft = scrollWidth;
  }, [isLive, end]);
  return scroller;
}
