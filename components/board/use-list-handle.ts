"use client";

import { type Ref, type RefObject, useImperativeHandle } from "react";
import { flushSync } from "react-dom";
import type { ListHandle } from "@/components/board/list-handle";

/** Lets the keyboard move the focus in a virtual list: the item is scrolled into the page first. */
export function useListHandle(
  ref: Ref<ListHandle>,
  scroller: RefObject<HTMLElement | null>,
  scrollTo: (callId: string) => void,
): void {
  useImperativeHandle(ref, () => ({
    focus(callId) {
      flushSync(() => scrollTo(callId));
      scroller.current?.querySelector<HTMLElement>(`[data-call="${CSS.escape(callId)}"] a`)?.focus();
    },
  }));
}
