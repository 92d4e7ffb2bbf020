"use client";

import { useState } from "react";

/** Why a list stands still: somebody points at it, has scrolled down, is in it with the keyboard, or paused it. */
export type HoldReason = "pointer" | "scrolled" | "focus" | "paused";

interface Hold {
  reasons: ReadonlySet<HoldReason>;
  /** The keys that were there when it was taken hold of; null while nothing holds. */
  keys: ReadonlySet<string> | null;
}

const free: Hold = { reasons: new Set(), keys: null };

/** The grip on a list that grows by itself. @param list another list: whoever held this one lets go */
export function useHold(list: string) {
  const [{ reasons, keys }, setHold] = useState(free);
  const [heldList, setHeldList] = useState(list);
  if (heldList !== list) {
    setHeldList(list);
    setHold(free);
  }
  return {
    reasons,
    keys,
    /** @param shown the keys that are in the list now */
    hold: (reason: HoldReason, shown: readonly string[]) =>
      setHold((before) =>
        before.reasons.has(reason)
          ? before
          : { reasons: new Set([...before.reasons, reason]), keys: before.keys ?? new Set(shown) },
      ),
    letGo: (reason: HoldReason) =>
      setHold((before) => {
        if (!before.reasons.has(reason)) return before;
        const left = new Set([...before.reasons].filter((each) => each !== reason));
        return { reasons: left, keys: left.size > 0 ? before.keys : null };
      }),
    /** Holds on to what is known now instead. */
    catchUp: (known: readonly string[]) =>
      setHold((before) => (before.keys ? { ...before, keys: new Set(known) } : before)),
  };
}
