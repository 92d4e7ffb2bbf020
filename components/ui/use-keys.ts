"use client";

import { useEffect, useEffectEvent } from "react";

/** Keys (`KeyboardEvent.key`) and their actions. */
export type Keys = ReadonlyArray<readonly [keys: readonly string[], act: () => void]>;

/** Registers single-key shortcuts for a page. Ignored while typing, with a modifier, or while a dialog is open. */
export function useKeys(keys: Keys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target))
      return;
    const found = keys.find(([names]) => names.includes(event.key));
    if (!found) return;
    event.preventDefault();
    found[1]();
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, select, textarea, [role=combobox], [role=listbox], [role=dialog], [role=menu]") !==
      null
  );
}
