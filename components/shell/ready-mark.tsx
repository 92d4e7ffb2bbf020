"use client";

import { useEffect } from "react";

/** Marks the page once React has taken over: a click that was held until then is let through (app/held-clicks.ts), and tests begin. */
export function ReadyMark() {
  useEffect(() => {
    document.documentElement.dataset.ready = "";
  }, []);
  return null;
}
