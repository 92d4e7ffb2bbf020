"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useRef } from "react";

interface VirtualListOptions<Scroller extends HTMLElement> {
  count: number;
  getKey: (index: number) => string;
  /** Pixels, before anything is measured. */
  itemHeight: number;
  /** The scrolling element, if it exists already; otherwise set `scroller`. */
  within?: RefObject<Scroller | null>;
}

interface VirtualList<Scroller extends HTMLElement> {
  scroller: RefObject<Scroller | null>;
  /** Ref callback of each item, which measures it. The item must carry `data-index`. */
  measure: (element: HTMLElement | null) => void;
  items: readonly { index: number; key: string }[];
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
}: VirtualListOptions<Scroller>): VirtualList<Scroller> {
  "use no memo"; // A virtualizer changes inside but keeps its identity, which the compiler cannot see.
  const own = useRef<Scroller>(null);
  const scroller = within ?? own;
  const list = useVirtualizer<Scroller, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    getItemKey: getKey,
    estimateSize: () => itemHeight,
    overscan: 8,
    initialRect: { width: 0, height: screenHeight },
  });
  const seen = list.getVirtualItems();
  return {
    scroller,
    measure: list.measureElement,
    items: seen.map(({ index }) => ({ index, key: getKey(index) })),
    paddingTop: seen[0]?.start ?? 0,
    paddingBottom: list.getTotalSize() - (seen.at(-1)?.end ?? 0),
    scrollTo: list.scrollToIndex,
    width: list.scrollRect?.width ?? 0,
  };
}
