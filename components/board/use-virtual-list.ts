"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

interface VirtualListOptions<Scroller extends HTMLElement> {
  count: number;
  getKey: (index: number) => string;
  /** Pixels, before anything is measured. */
  itemHeight: number;
  /** The scrolling element, if it exists already; otherwise set `scroller`. */
  within?: RefObject<Scroller | null>;
  /** The list's element, if the scroll container has more than the list's head above it. */
  list?: RefObject<HTMLElement | null>;
  /** Index of an item that stays in the DOM wherever the list is scrolled, because it has the focus or a dialog; -1 for none. */
  keep?: number;
  /** Lists of up to this many items are not virtualized. */
  mostWhole?: number;
}

interface VirtualList<Scroller extends HTMLElement> {
  scroller: RefObject<Scroller | null>;
  /** Ref callback of each item, which measures it. The item must carry `data-index`. */
  measure: (element: HTMLElement | null) => void;
  /** `gap`: pixels that stand for the items left out between the previous item and this one; only `keep` causes any. */
  items: readonly { index: number; key: string; gap: number }[];
  /** Pixels in place of the items above and below those in the DOM. */
  paddingTop: number;
  paddingBottom: number;
  scrollTo: (index: number, options?: { align: "center" }) => void;
  /** The scroller's width in pixels, 0 until it is known. */
  width: number;
}

/** Pixels; as high as most screens, for the server's page. */
const screenHeight = 900;

/** Renders only the visible items of a long list, in normal flow between two paddings. */
export function useVirtualList<Scroller extends HTMLElement = HTMLDivElement>({
  count,
  getKey,
  itemHeight,
  within,
  list: element,
  keep = -1,
  mostWhole = 0,
}: VirtualListOptions<Scroller>): VirtualList<Scroller> {
  "use no memo"; // A virtualizer changes inside but keeps its identity, which the compiler cannot see.
  const own = useRef<Scroller>(null);
  const scroller = within ?? own;
  const offset = useOffset(scroller, element);
  const list = useVirtualizer<Scroller, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    getItemKey: getKey,
    estimateSize: () => itemHeight,
    overscan: count <= mostWhole ? mostWhole : 8,
    initialRect: { width: 0, height: screenHeight },
    scrollMargin: offset,
    rangeExtractor: (range) => addKept(defaultRangeExtractor(range), keep, range),
  });
  const seen = list.getVirtualItems();
  return {
    scroller,
    measure: list.measureElement,
    items: seen.map(({ index, start }, at) => ({
      index,
      key: getKey(index),
      gap: start - (seen[at - 1]?.end ?? start),
    })),
    paddingTop: (seen[0]?.start ?? offset) - offset,
    paddingBottom: list.getTotalSize() - ((seen.at(-1)?.end ?? offset) - offset),
    scrollTo: list.scrollToIndex,
    width: list.scrollRect?.width ?? 0,
  };
}

function addKept(indexes: number[], keep: number, { count }: Range): number[] {
  if (keep < 0 || keep >= count || indexes.includes(keep)) return indexes;
  return [...indexes, keep].sort((a, b) => a - b);
}

/** Returns an element's offset in pixels from the top of the scroll container, measured after each render. */
function useOffset(
  scroller: RefObject<HTMLElement | null>,
  element: RefObject<HTMLElement | null> | undefined,
): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, element?.current];
    if (!outer || !inner) return;
    const from = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop;
    setOffset(Math.round(from));
  });
  return offset;
}
