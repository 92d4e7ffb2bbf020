"use client";

import { type Ref, type RefObject, useImperativeHandle } from "react";
import { flushSync } from "react-dom";

/** Keyboard control of a list of calls. */
export interface ListHandle {
  /** Moves the focus to a call, scrolling to it if need be. */
  focus: (callId: string) => void;
}

/** Lets the keyboard move the focus in a virtual list; an item is first scrolled into the DOM. */
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
