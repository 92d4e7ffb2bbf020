"use client";

import { useEffect, useEffectEvent } from "react";

/** Calls back when the page's colours have become others: by the menu, or with the evening. */
export function useThemeChange(onChange: () => void): void {
  const tell = useEffectEvent(onChange);
  useEffect(() => {
    const change = () => tell();
    const byMenu = new MutationObserver(change);
    byMenu.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const bySystem = matchMedia("(prefers-color-scheme: dark)");
    bySystem.addEventListener("change", change);
    return () => {
      byMenu.disconnect();
      bySystem.removeEventListener("change", change);
    };
  }, []);
}
